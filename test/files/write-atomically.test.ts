import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { digestFolder } from '../../src/files/digest-folder.js';
import { HeldFolder } from '../../src/files/held-folder.js';
import { openAtomicFile } from '../../src/files/open-atomic-file.js';
import { makeScratch, removeScratch, scratchPath, sweepScratch } from '../../src/files/scratch-folder.js';
import { sweepTemporaryFiles } from '../../src/files/sweep-temporary-files.js';
import { writeAtomically, writeFailed, writeNewFile } from '../../src/files/write-atomically.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { scratch } from '../support/paths.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const code = (wanted: string) => (error: unknown) => error instanceof MlctlError && error.code === wanted;

test('a file is replaced completely, is private, and nothing is left beside it', async () => {
  const folder = scratch();
  const path = join(folder, 'sub', 'x.json');
  await writeAtomically(path, 'one');
  await writeAtomically(
    path,
    (async function* () {
      yield bytes('tw');
      yield bytes('o');
    })(),
  );
  assert.equal(readFileSync(path, 'utf8'), 'two');
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(folder, 'sub')), ['x.json']);
});

test('a new file never replaces one, and never goes through a link', async () => {
  const folder = scratch();
  const path = join(folder, 'x');
  writeFileSync(path, 'old');
  await assert.rejects(writeNewFile(path, 'new'), { code: 'EEXIST' });
  assert.equal(readFileSync(path, 'utf8'), 'old');
  if (process.platform === 'win32') return;
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  await assert.rejects(writeNewFile(join(folder, 'link'), 'new'), { code: 'EEXIST' });
  assert.deepEqual(readdirSync(folder).sort(), ['link', 'x']);
});

test('the file is synced when it is whole, before it gets its name, and its folder after', async (t) => {
  const folder = scratch();
  const handle = await files.open(folder);
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const { sync } = prototype;
  const seen: string[] = [];
  t.mock.method(prototype, 'sync', async function (this: typeof handle) {
    const target = existsSync(join(folder, 'x')) ? 'named' : 'not named';
    seen.push((await this.stat()).isDirectory() ? `folder, ${target}` : `${(await this.stat()).size} bytes, ${target}`);
    await sync.call(this);
  });
  await writeAtomically(join(folder, 'x'), 'whole');
  assert.deepEqual(seen, ['5 bytes, not named', 'folder, named']);
  const top = scratch();
  const target = join(top, 'package');
  const synced: string[] = [];
  t.mock.method(prototype, 'sync', async function (this: typeof handle) {
    const { ino } = await this.stat();
    const name = existsSync(target) ? 'named' : 'not named';
    synced.push(`${ino === statSync(top).ino ? 'the folder above' : 'a part'}, ${name}`);
    await sync.call(this);
  });
  await writeFolderAtomically(target, new Map([['d/x', bytes('x')]]));
  assert.deepEqual(synced, [...new Array(3).fill('a part, not named'), 'the folder above, named']);
});

test('a folder that cannot be synced is no error on file systems that have no such call', async (t) => {
  const folder = scratch();
  const handle = await files.open(folder);
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const { sync } = prototype;
  let code = '';
  t.mock.method(prototype, 'sync', async function (this: typeof handle) {
    if ((await this.stat()).isDirectory()) throw Object.assign(new Error(code), { code });
    await sync.call(this);
  });
  for (code of ['EINVAL', 'ENOTSUP']) await writeAtomically(join(folder, code), 'x');
  code = 'EIO';
  await assert.rejects(writeAtomically(join(folder, code), 'x'), {
    details: { path: join(folder, code), system_code: 'EIO' },
  });
  assert.deepEqual(readdirSync(folder).sort(), ['EINVAL', 'EIO', 'ENOTSUP']);
});

test('a stop before the new name leaves the old file, and is the error', async () => {
  const path = join(scratch(), 'x');
  writeFileSync(path, 'old');
  const stop = new AbortController();
  const content = (async function* () {
    yield bytes('new');
    stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
  })();
  await assert.rejects(writeAtomically(path, content, { signal: stop.signal }), code('INTERRUPTED'));
  assert.equal(readFileSync(path, 'utf8'), 'old');
  await writeAtomically(path, 'new', { signal: new AbortController().signal, mode: 0o640 });
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o640 & ~process.umask());
});

test('what the writer of a failed file should do next depends on what was wrong', () => {
  const hint = (code: string) => writeFailed('/a b/x', Object.assign(new Error(), { code })).hint;
  assert.equal(hint('ENOENT'), 'make the folder first, or correct the path: mkdir -p "/a b"');
  assert.match(hint('ENOSPC') ?? '', /^check space and permission in \/a b; nothing was left behind$/);
});

test('a source that breaks off leaves the old file and no temp file', async () => {
  const folder = scratch();
  const path = join(folder, 'x');
  writeFileSync(path, 'old');
  const broken = (async function* () {
    yield bytes('half');
    throw new MlctlError('INTEGRITY_MISMATCH', 'cut');
  })();
  await assert.rejects(writeAtomically(path, broken), code('INTEGRITY_MISMATCH'));
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['x']);
});

test('a link at the target is replaced, never written through (P4)', {
  skip: process.platform === 'win32' && 'links need rights on Windows',
}, async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'victim'), 'untouched');
  symlinkSync(join(folder, 'victim'), join(folder, 'x'));
  await writeAtomically(join(folder, 'x'), 'new');
  assert.equal(readFileSync(join(folder, 'victim'), 'utf8'), 'untouched');
  assert.ok(lstatSync(join(folder, 'x')).isFile());
});

test('an error of the system is FILE_WRITE_FAILED with the reason, and nothing is left behind', async (t) => {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(writeAtomically(join(folder, 'file', 'x'), 'a'), code('FILE_WRITE_FAILED'));
  mkdirSync(join(folder, 'taken', 'x'), { recursive: true });
  await assert.rejects(writeAtomically(join(folder, 'taken', 'x'), 'a'), code('FILE_WRITE_FAILED'));
  assert.deepEqual(readdirSync(join(folder, 'taken')), ['x']);
  if (existsSync('/dev/full') && process.getuid?.() !== 0) {
    chmodSync(folder, 0o500);
    await assert.rejects(writeAtomically(join(folder, 'x'), 'a'), /permission denied/);
    chmodSync(folder, 0o700);
  } else t.diagnostic('permission case needs a user other than root');
});

test('a folder appears complete or not at all, and nothing is overwritten', async () => {
  const folder = scratch();
  const target = join(folder, 'package');
  const files = new Map([
    ['MLmodel', bytes('a')],
    ['data/x.onnx', bytes('b')],
  ]);
  await writeFolderAtomically(target, files);
  assert.equal(readFileSync(join(target, 'data', 'x.onnx'), 'utf8'), 'b');
  await assert.rejects(writeFolderAtomically(target, new Map([['MLmodel', bytes('z')]])), code('FILE_EXISTS'));
  assert.equal(readFileSync(join(target, 'MLmodel'), 'utf8'), 'a');
  await assert.rejects(
    writeFolderAtomically(
      join(folder, 'p2'),
      new Map([
        ['ok', bytes('')],
        ['../evil', bytes('')],
      ]),
    ),
    code('PATH_REFUSED'),
  );
  await assert.rejects(
    writeFolderAtomically(join(folder, 'p3'), new Map([['ok', { file: join(folder, 'missing') }]])),
    code('FILE_WRITE_FAILED'),
  );
  mkdirSync(join(folder, 'empty'));
  await assert.rejects(writeFolderAtomically(join(folder, 'empty'), files), code('FILE_EXISTS'));
  const stop = new AbortController();
  stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
  await assert.rejects(writeFolderAtomically(join(folder, 'p4'), files, { signal: stop.signal }), code('INTERRUPTED'));
  assert.deepEqual(readdirSync(folder).sort(), ['empty', 'package']);
});

test('a folder whose command is stopped between two files has no more of them written', async (t) => {
  const folder = scratch();
  const stop = new AbortController();
  const made: string[] = [];
  const { open } = files;
  t.mock.method(files, 'open', (path: string, ...more: []) => {
    made.push(path);
    return open(path, ...more);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  class Stopping extends Map<string, Uint8Array> {
    override *[Symbol.iterator]() {
      for (const entry of super.entries()) {
        yield entry;
        stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
      }
      return undefined;
    }
  }
  const content = new Stopping([
    ['a', bytes('a')],
    ['b', bytes('b')],
  ]);
  const work = writeFolderAtomically(join(folder, 'package'), content, { signal: stop.signal });
  await assert.rejects(work, code('INTERRUPTED'));
  assert.deepEqual(
    made.filter((path) => /[ab]$/.test(path)).map((path) => path.slice(-1)),
    ['a'],
  );
  assert.deepEqual(readdirSync(folder), []);
});

test('a folder whose command is stopped after the last file does not appear', async () => {
  const folder = scratch();
  const stop = new AbortController();
  class Stopping extends Map<string, Uint8Array> {
    override *[Symbol.iterator]() {
      yield* super.entries();
      stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
      return undefined;
    }
  }
  const files = new Stopping([['MLmodel', bytes('a')]]);
  const target = join(folder, 'package');
  await assert.rejects(writeFolderAtomically(target, files, { signal: stop.signal }), code('INTERRUPTED'));
  assert.deepEqual(readdirSync(folder), []);
});

test('nothing stays open, whether it ends well or not', { skip: !existsSync('/proc/self/fd') }, async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'plain'), '');
  const open = () => readdirSync('/proc/self/fd').length;
  const work = async (n: number) => {
    await writeAtomically(join(folder, 'x'), 'x');
    await assert.rejects(writeNewFile(join(folder, 'x'), 'x'));
    await writeFolderAtomically(join(folder, `p${n}`), new Map([['a/x', bytes('x')]]));
    await assert.rejects(writeFolderAtomically(join(folder, 'plain', 'p'), new Map([['x', bytes('')]])));
    const file = await openAtomicFile(join(folder, 'y'));
    await (n % 2 === 0 ? file.commit() : file.abort());
    const made = makeScratch(scratchPath(folder));
    mkdirSync(join(made, 'deep', 'er'), { recursive: true });
    removeScratch(made);
    sweepScratch(folder, Date.now() + 2 * 24 * 3600 * 1000);
    sweepTemporaryFiles(folder);
    const held = HeldFolder.open(folder);
    held.enter('p0')?.close();
    assert.equal(held.enter('plain'), null);
    held.close();
    await digestFolder(folder);
  };
  await work(0);
  const before = open();
  for (let n = 1; n < 5; n++) await work(n);
  assert.equal(open(), before);
});

test('an error without a system code is a bug, and is reported as one', () => {
  const bug = new TypeError('x is not a function');
  assert.throws(() => writeFailed('/tmp/x', bug), bug);
  assert.equal(writeFailed('/tmp/x', Object.assign(new Error(), { code: 'ENOSPC' })).code, 'FILE_WRITE_FAILED');
});
