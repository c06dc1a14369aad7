// Python's own tool, model_signing 1.1.1, and mlctl verify what the other signed: 500 random folders each way, keys of every curve,
// and the same verdict on what was changed since, where mlctl is not stricter on purpose.
import assert from 'node:assert/strict';
import { cpSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { makeSigningKey } from '../../src/operations/make-signing-key.js';
import { signModel } from '../../src/operations/sign.js';
import { verifyModel } from '../../src/operations/verify.js';
import { Chance } from '../boosters/mutate.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const environment = pythonOf('signing');

/** One line of answers for one line of tasks: [verb, folder, signature, key, passphrase]. */
const TOOL = `
import json, sys
from pathlib import Path
from model_signing import hashing, signing, verifying
def work(verb, folder, signature, key, password=None, how='files'):
    password = password and password.encode()
    try:
        if verb == 'sign':
            config = hashing.Config().set_ignored_paths(paths=[signature], ignore_git_paths=True)
            if how == 'shards': config.use_shard_serialization(shard_size=1000)
            if how in ('blake2', 'blake3'): config.use_file_serialization(hashing_algorithm=how)
            signing.Config().use_elliptic_key_signer(private_key=key, password=password).set_hashing_config(config).sign(folder, signature)
        else:
            verifying.Config().use_elliptic_key_verifier(public_key=key).verify(folder, signature)
        return 'ok'
    except Exception as error:
        return f'{type(error).__name__}: {error}'
print(json.dumps([work(*task) for task in json.load(open(sys.argv[1]))]))
`;

const LETTERS = ['a', 'b', 'Z', '0', '-', '_', '.', ' ', 'ä', 'ß', '語', '🧪', '～', 'é', '+', '#', '@', "'"];

/** `end` keeps files and folders apart. */
function name(chance: Chance, end: string): string {
  const length = 1 + chance.below(12);
  const text = Array.from({ length }, () => LETTERS[chance.below(LETTERS.length)]).join('');
  // What mlctl refuses in a path, on purpose.
  return `${['ab', 'ü', '.h', 'x-', '🧪'][chance.below(5)]}${text}${end}`.normalize(
    chance.below(2) === 0 ? 'NFC' : 'NFD',
  );
}

function fill(folder: string, chance: Chance): void {
  mkdirSync(folder, { recursive: true });
  const files = 1 + chance.below(9);
  for (let i = 0; i < files; i++) {
    const levels = chance.below(4);
    const path = join(folder, ...Array.from({ length: levels }, () => name(chance, 'd')), name(chance, 'f'));
    const size = [0, 1, 55, 64, 1000, 70_000][chance.below(6)] ?? 0;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(size, `${chance.next()}`));
  }
}

describe('model_signing', { skip: 'skip' in environment ? environment.skip : false }, () => {
  const cwd = scratch();
  const world = testWorld({ cwd });
  const at = (...parts: string[]) => join(cwd, ...parts);
  const python = (tasks: readonly unknown[][]): string[] => {
    assert.ok('python' in environment);
    writeFileSync(at('tasks.json'), JSON.stringify(tasks));
    const done = runPython(environment.python, TOOL, [at('tasks.json')]);
    assert.equal(done.status, 0, done.stderr);
    // The tool warns on stdout.
    return JSON.parse(done.stdout.trimEnd().split('\n').at(-1) ?? '') as string[];
  };
  const verdict = (folder: string, publicKey = at('k.pub')) => verifyModel(world, { uri: folder, publicKey });

  before(() => makeSigningKey(world, { path: 'k' }));

  test('500 random folders that mlctl signed are verified by Python, and 500 of Python by mlctl', {
    timeout: 600_000,
  }, async () => {
    const chance = new Chance(20261130);
    const ours = Array.from({ length: 500 }, (_, i) => at('ours', `${i} ${name(chance, 'm')}`));
    const theirs = Array.from({ length: 500 }, (_, i) => at('theirs', `${i} ${name(chance, 'm')}`));
    for (const folder of [...ours, ...theirs]) fill(folder, chance);
    writeFileSync(join(ours[0] ?? '', 'large.bin'), Buffer.alloc(3 << 20, 'large'));
    for (const folder of ours) await signModel(world, { uri: folder, key: 'k' });
    const answers = python([
      ...ours.map((folder) => ['verify', folder, join(folder, 'model.sig'), at('k.pub')]),
      ...theirs.map((folder) => ['sign', folder, join(folder, 'model.sig'), at('k')]),
    ]);
    assert.deepEqual(
      answers.map((answer, i) => [i, answer]).filter(([, answer]) => answer !== 'ok'),
      [],
    );
    for (const folder of [...ours, ...theirs]) {
      const { valid, parts } = await verdict(folder);
      assert.equal(valid, true, `${folder}: ${JSON.stringify(parts)}`);
    }
    // And each is refused once a file is another.
    for (const folder of theirs.slice(0, 50)) {
      writeFileSync(join(folder, 'zz.new'), 'x');
      assert.equal((await verdict(folder)).valid, false);
    }
  });

  test('the two orders of names: by code point here, by parts of the path there', async () => {
    for (const path of ['a/x', 'a-b/x', 'a.b/x', 'a']) {
      const file = at('order', path === 'a' ? 'b' : path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, path);
    }
    const namesOf = (file: string) => {
      const { dsseEnvelope } = JSON.parse(readFileSync(file, 'utf8'));
      const { predicate } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
      return predicate.resources.map((one: { name: string }) => one.name);
    };
    await signModel(world, { uri: 'order', key: 'k', out: 'order-ours' });
    assert.deepEqual(python([['sign', at('order'), at('order.sig'), at('k')]]), ['ok']);
    assert.deepEqual(namesOf(at('order-ours', 'model.sig')), ['a-b/x', 'a.b/x', 'a/x', 'b']);
    assert.deepEqual(namesOf(at('order.sig')), ['a/x', 'a-b/x', 'a.b/x', 'b']);
    for (const signature of ['order.sig', 'order-ours/model.sig'])
      assert.equal((await verifyModel(world, { uri: 'order', publicKey: 'k.pub', signature })).valid, true);
  });

  test('P-384 and P-521 keys with a passphrase sign in both tools', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    mkdirSync(at('curves'));
    writeFileSync(at('curves', 'f'), 'x');
    writeFileSync(at('pass'), 'pp\n');
    for (const namedCurve of ['P-384', 'P-521']) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
      const locked = { cipher: 'aes-256-cbc', passphrase: 'pp' };
      writeFileSync(at(namedCurve), privateKey.export({ type: 'pkcs8', format: 'pem', ...locked }));
      writeFileSync(at(`${namedCurve}.pub`), publicKey.export({ type: 'spki', format: 'pem' }));
      await signModel(world, { uri: 'curves', key: namedCurve, passphraseFile: 'pass', out: `${namedCurve}-ours` });
      const answers = python([
        ['verify', at('curves'), at(`${namedCurve}-ours`, 'model.sig'), at(`${namedCurve}.pub`)],
        ['sign', at('curves'), at(`${namedCurve}.sig`), at(namedCurve), 'pp'],
      ]);
      assert.deepEqual(answers, ['ok', 'ok']);
      const publicKeyFile = `${namedCurve}.pub`;
      for (const signature of [`${namedCurve}.sig`, `${namedCurve}-ours`])
        assert.equal((await verifyModel(world, { uri: 'curves', publicKey: publicKeyFile, signature })).valid, true);
    }
  });

  test('a single file: by its name here, as "." there', async () => {
    writeFileSync(at('single.onnx'), 'x');
    await signModel(world, { uri: 'single.onnx', key: 'k' });
    const answers = python([
      ['sign', at('single.onnx'), at('theirs.sig'), at('k')],
      ['verify', at('single.onnx'), at('theirs.sig'), at('k.pub')],
    ]);
    assert.deepEqual(answers, ['ok', 'ok']);
    assert.equal((await verdict('single.onnx')).valid, true);
    const other = { uri: 'single.onnx', publicKey: 'k.pub', signature: 'theirs.sig' };
    assert.equal((await verifyModel(world, other)).valid, true);
    writeFileSync(at('single.onnx'), 'y');
    assert.equal((await verdict('single.onnx')).valid, false);
    assert.equal((await verifyModel(world, other)).valid, false);
  });

  test('shards and other digests are refused by name', async () => {
    mkdirSync(at('kinds'));
    writeFileSync(at('kinds', 'f'), Buffer.alloc(2500, 'x'));
    const kinds = ['shards', 'blake2', 'blake3'];
    const answers = python(kinds.map((how) => ['sign', at('kinds'), at(`${how}.sig`), at('k'), null, how]));
    const reasons = [/expected the SHA-256 of a whole file/, /by their blake2b? digests/, /by their blake3 digests/];
    for (const [i, how] of kinds.entries()) {
      // blake3 is an extra of the tool that may not be installed.
      if (answers[i] !== 'ok') continue;
      const { valid, parts } = await verifyModel(world, { uri: 'kinds', publicKey: 'k.pub', signature: `${how}.sig` });
      assert.equal(valid, false);
      assert.match(parts[0]?.message ?? '', reasons[i] ?? /^$/);
    }
    assert.deepEqual(answers.slice(0, 2), ['ok', 'ok']);
  });

  const sig = (folder: string) => at(folder, 'model.sig');
  // biome-ignore lint/suspicious/noExplicitAny: what is edited has any form
  type Edit = (value: Record<string, any>) => void;
  const editBundle = (folder: string, edit: Edit) => {
    const bundle = JSON.parse(readFileSync(sig(folder), 'utf8'));
    edit(bundle);
    writeFileSync(sig(folder), JSON.stringify(bundle));
  };
  const editPayload = (folder: string, edit: Edit) =>
    editBundle(folder, ({ dsseEnvelope }) => {
      const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
      edit(statement);
      dsseEnvelope.payload = Buffer.from(JSON.stringify(statement)).toString('base64');
    });

  /** [what is done, our verdict, theirs, how it is done]. Where the two differ, mlctl is stricter on purpose. */
  const MATRIX: readonly [string, boolean, boolean, (folder: string) => void][] = [
    ['nothing', true, true, () => {}],
    ['a byte flipped', false, false, (folder) => writeFileSync(at(folder, 'w.bin'), 'wejghts')],
    ['a byte added', false, false, (folder) => writeFileSync(at(folder, 'w.bin'), 'weights\n')],
    ['a file added', false, false, (folder) => writeFileSync(at(folder, 'evil.py'), 'x')],
    ['a hidden file added', false, false, (folder) => writeFileSync(at(folder, '.evil'), 'x')],
    ['a file missing', false, false, (folder) => rmSync(at(folder, 'w.bin'))],
    ['a file renamed', false, false, (folder) => renameSync(at(folder, 'w.bin'), at(folder, 'v.bin'))],
    [
      'two files swapped',
      false,
      false,
      (folder) => {
        renameSync(at(folder, 'w.bin'), at(folder, 't'));
        renameSync(at(folder, 'd', 'x.txt'), at(folder, 'w.bin'));
        renameSync(at(folder, 't'), at(folder, 'd', 'x.txt'));
      },
    ],
    ['a link to a file of its own', false, false, (folder) => symlinkSync('w.bin', at(folder, 'link'))],
    [
      'a link in the place of a file',
      false,
      false,
      (folder) => {
        renameSync(at(folder, 'w.bin'), at('outside'));
        symlinkSync(at('outside'), at(folder, 'w.bin'));
      },
    ],
    ['a link out of the folder', false, false, (folder) => symlinkSync('/etc/hostname', at(folder, 'link'))],
    ['a link to a folder', false, false, (folder) => symlinkSync('d', at(folder, 'e'))],
    [
      'a hard link under a name that was not signed',
      false,
      false,
      (folder) => linkSync(at(folder, 'w.bin'), at(folder, 'hard')),
    ],
    [
      'a hard link to the same bytes',
      true,
      true,
      (folder) => {
        renameSync(at(folder, 'w.bin'), at(`${folder}.bin`));
        linkSync(at(`${folder}.bin`), at(folder, 'w.bin'));
      },
    ],
    ['an empty folder added', true, true, (folder) => mkdirSync(at(folder, 'empty'))],
    ['.gitattributes added', false, true, (folder) => writeFileSync(at(folder, '.gitattributes'), '* x')],
    [
      '.github/x added',
      false,
      true,
      (folder) => {
        mkdirSync(at(folder, '.github'));
        writeFileSync(at(folder, '.github', 'x'), 'x');
      },
    ],
    [
      '.git/config added',
      false,
      true,
      (folder) => {
        mkdirSync(at(folder, '.git'));
        writeFileSync(at(folder, '.git', 'config'), 'x');
      },
    ],
    [
      'a name edited in the payload',
      false,
      false,
      (folder) =>
        editPayload(folder, ({ subject }) => {
          subject[0].name = 'other';
        }),
    ],
    [
      'a path ignored in the payload',
      false,
      false,
      (folder) => editPayload(folder, ({ predicate }) => predicate.serialization.ignore_paths.push('evil.py')),
    ],
    [
      'no signature',
      false,
      false,
      (folder) =>
        editBundle(folder, ({ dsseEnvelope }) => {
          dsseEnvelope.signatures = [];
        }),
    ],
    [
      'another payload type',
      false,
      false,
      (folder) =>
        editBundle(folder, ({ dsseEnvelope }) => {
          dsseEnvelope.payloadType = 'text/plain';
        }),
    ],
    [
      'another media type',
      false,
      false,
      (folder) =>
        editBundle(folder, (bundle) => {
          bundle['mediaType'] = 'application/vnd.dev.sigstore.bundle.v0.4+json';
        }),
    ],
    [
      'an empty hint',
      true,
      true,
      (folder) =>
        editBundle(folder, ({ verificationMaterial }) => {
          verificationMaterial.publicKey.hint = '';
        }),
    ],
    [
      'the hint of another key',
      false,
      false,
      (folder) =>
        editBundle(folder, ({ verificationMaterial }) => {
          verificationMaterial.publicKey.hint = '0'.repeat(64);
        }),
    ],
    [
      'no list of log entries',
      true,
      true,
      (folder) =>
        editBundle(folder, ({ verificationMaterial }) => {
          delete verificationMaterial.tlogEntries;
        }),
    ],
    [
      'a second signature',
      false,
      true,
      (folder) => editBundle(folder, ({ dsseEnvelope }) => dsseEnvelope.signatures.push({ sig: 'AAAA', keyid: '' })),
    ],
    [
      'keyid null',
      true,
      true,
      (folder) =>
        editBundle(folder, ({ dsseEnvelope }) => {
          dsseEnvelope.signatures[0].keyid = null;
        }),
    ],
    [
      'no keyid',
      true,
      true,
      (folder) =>
        editBundle(folder, ({ dsseEnvelope }) => {
          delete dsseEnvelope.signatures[0].keyid;
        }),
    ],
    [
      'a field that nobody knows',
      false,
      false,
      (folder) =>
        editBundle(folder, (bundle) => {
          bundle['extra'] = 1;
        }),
    ],
    ['the signature of another folder', false, false, (folder) => cpSync(sig('other'), sig(folder))],
    ['the signature by another key', false, false, (folder) => cpSync(at('by-other.sig'), sig(folder))],
    ['the signature missing', false, false, (folder) => rmSync(sig(folder))],
    [
      'the signature a folder',
      false,
      false,
      (folder) => {
        rmSync(sig(folder));
        mkdirSync(sig(folder));
      },
    ],
  ];

  test('what was changed after signing is judged as by Python, or more strictly', {
    skip: process.platform === 'win32' ? 'links need a privilege there' : false,
  }, async () => {
    const make = (folder: string, text: string) => {
      mkdirSync(at(folder, 'd'), { recursive: true });
      writeFileSync(at(folder, 'w.bin'), text);
      writeFileSync(at(folder, 'd', 'x.txt'), 'x');
    };
    make('whole', 'weights');
    make('other', 'other weights');
    await makeSigningKey(world, { path: 'k2' });
    for (const folder of ['whole', 'other']) await signModel(world, { uri: folder, key: 'k' });
    await signModel(world, { uri: 'whole', key: 'k2', out: 'by-other' });
    renameSync(at('by-other', 'model.sig'), at('by-other.sig'));
    const folders = MATRIX.map(([, , , change], i) => {
      cpSync(at('whole'), at(`case-${i}`), { recursive: true });
      change(`case-${i}`);
      return `case-${i}`;
    });
    const theirs = python(folders.map((folder) => ['verify', at(folder), sig(folder), at('k.pub')]));
    for (const [i, [what, ours, python]] of MATRIX.entries()) {
      const valid = await verdict(`case-${i}`).then(
        (answer) => answer.valid,
        () => false,
      );
      assert.deepEqual([what, valid, theirs[i] === 'ok'], [what, ours, python], theirs[i]);
    }
  });

  test('10,000 files are signed and verified, and one that changed is named', { timeout: 120_000 }, async () => {
    for (let i = 0; i < 100; i++) {
      mkdirSync(at('many', `d${i}`), { recursive: true });
      for (let j = 0; j < 100; j++) writeFileSync(at('many', `d${i}`, `f${j}`), `${i} ${j}`);
    }
    const { files } = await signModel(world, { uri: 'many', key: 'k' });
    assert.equal(files, 10_000);
    assert.equal((await verdict('many')).valid, true);
    assert.deepEqual(python([['verify', at('many'), sig('many'), at('k.pub')]]), ['ok']);
    writeFileSync(at('many', 'd57', 'f3'), 'evil');
    const { parts } = await verdict('many');
    assert.match(parts[1]?.message ?? '', /changed: d57\/f3$/);
  });
});
