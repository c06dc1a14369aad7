import assert from 'node:assert/strict';
import fs, { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { openArtifacts } from '../../src/artifacts/open.js';
import { openFileArtifacts } from '../../src/artifacts/open-file-artifacts.js';
import type { ArtifactEntry, ArtifactStore } from '../../src/artifacts/store.js';
import { throughCache } from '../../src/artifacts/through-cache.js';
import { downloadTree, listTree, uploadTree } from '../../src/artifacts/transfer.js';
import { MlctlError } from '../../src/errors/error.js';
import { digestFolder } from '../../src/files/digest-folder.js';
import { scratch } from '../support/paths.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const code = (wanted: string) => (error: unknown) => error instanceof MlctlError && error.code === wanted;
const refused = () => new MlctlError('INTEGRITY_MISMATCH', 'the fetched files are others');
const FILES = new Map<string, Uint8Array>([
  ['MLmodel', bytes('a: 1\n')],
  ['data/model.onnx', bytes('x'.repeat(3_000_000))],
  ['empty', bytes('')],
  ['ünï code.txt', bytes('u')],
]);

/** A store that answers listings as told and gives `content` for every file. */
function hostile(list: (path: string) => readonly ArtifactEntry[], content = 'x'): ArtifactStore {
  const base = openFileArtifacts(scratch());
  return {
    ...base,
    scheme: 'mlflow-artifacts',
    localRoot: null,
    list: async (path) => list(path),
    read: async () =>
      (async function* () {
        yield bytes(content);
      })(),
  };
}
async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield bytes(text);
}
const file = (path: string, size: number | null = null): ArtifactEntry => ({ path, isDirectory: false, size });

test('a tree is written, read back, and fetched unchanged', async () => {
  const top = scratch();
  const store = openFileArtifacts(join(top, 'store'));
  const sent = await uploadTree(store, 'models/m-1/artifacts', FILES);
  mkdirSync(join(top, 'down'));
  const got = await downloadTree(store, 'models/m-1/artifacts', join(top, 'down'));
  const key = (f: { path: string; sha256: string; size: number }) => `${f.path} ${f.size} ${f.sha256}`;
  assert.deepEqual([...got].map(key).sort(), [...sent].map(key).sort());
  assert.equal(
    (await digestFolder(join(top, 'down'))).digest,
    (await digestFolder(join(top, 'store', 'models', 'm-1', 'artifacts'))).digest,
  );
  await store.remove('models');
  await store.remove('models');
  assert.deepEqual(await store.list(''), []);
  await assert.rejects(store.read('nope'), code('ARTIFACT_NOT_FOUND'));
});

test('P9 an upload that arrives changed is noticed', async () => {
  const store = openFileArtifacts(join(scratch(), 's'));
  const flipping: ArtifactStore = {
    ...store,
    write: (path, source) =>
      store.write(path, 'bytes' in source && path.endsWith('MLmodel') ? { bytes: bytes('a: 2\n') } : source),
  };
  await assert.rejects(uploadTree(flipping, 'm', FILES), code('INTEGRITY_MISMATCH'));
});

test('P1 P5 P6 hostile listings are refused and write nothing', async () => {
  const names = [
    '../x',
    'a/../../x',
    '/abs',
    '..\\x',
    '%2e%2e/x',
    'C:\\x',
    '',
    '.',
    'a//b',
    'x\0',
    'file:///etc/passwd',
  ];
  for (const name of names) {
    const target = scratch();
    await assert.rejects(
      downloadTree(
        hostile(() => [file(name)]),
        '',
        target,
      ),
      code('PATH_REFUSED'),
      name,
    );
    assert.deepEqual(readdirSync(target), []);
  }
  await assert.rejects(
    listTree(
      hostile(() => [file('MLmodel'), file('mlmodel')]),
      '',
    ),
    code('PATH_REFUSED'),
  );
  await assert.rejects(
    listTree(
      hostile((path) => (path === '' ? [file('a'), { path: 'a', isDirectory: true, size: null }] : [file('a/b')])),
      '',
    ),
    code('PATH_REFUSED'),
  );
  await assert.rejects(
    listTree(
      hostile((path) => [{ path: path === '' ? 'd' : `${path}/d`, isDirectory: true, size: null }]),
      '',
    ),
    /64 levels/,
  );
  await assert.rejects(
    listTree(
      hostile(() => [{ path: 'd', isDirectory: true, size: null }]),
      '',
    ),
    code('PATH_REFUSED'),
    'a folder that lists itself',
  );
  await assert.rejects(
    listTree(
      hostile(() => Array.from({ length: 100_001 }, (_, i) => file(`f${i}`))),
      '',
    ),
    /100000/,
  );
  await assert.rejects(
    downloadTree(
      hostile(() => [file('a', 99)]),
      '',
      scratch(),
    ),
    code('INTEGRITY_MISMATCH'),
  );
});

test('as many entries and levels as are allowed are taken', async () => {
  const files = Array.from({ length: 100_000 }, (_, i) => file(`f${i}`));
  assert.equal(
    (
      await listTree(
        hostile(() => files),
        '',
      )
    ).length,
    100_000,
  );
  const deep = hostile((path) => {
    const levels = path === '' ? 0 : path.split('/').length;
    const inner = path === '' ? 'd' : `${path}/d`;
    return [levels === 63 ? file(inner) : { path: inner, isDirectory: true, size: null }];
  });
  assert.deepEqual(
    (await listTree(deep, '')).map(({ path }) => path.split('/').length),
    [64],
  );
});

test('what was transferred is told in bytes, each way, and only some files may be fetched', async () => {
  const top = scratch();
  const store = openFileArtifacts(join(top, 'store'));
  const said: string[] = [];
  const progress = (text: string, share?: number) => void said.push(`${text} ${share}`);
  const ends = () => said.splice(0).filter((text) => text.endsWith(' 1'));
  await uploadTree(store, '', FILES, { progress });
  assert.deepEqual(ends(), ['sending 3.0 of 3.0 MB 1', 'reading back 3.0 of 3.0 MB 1']);
  const target = join(top, 'down');
  mkdirSync(target);
  const got = await downloadTree(store, '', target, { progress, only: new Set(['MLmodel', 'empty', 'none']) });
  assert.deepEqual(
    got.map(({ path, size }) => [path, size]),
    [
      ['MLmodel', 5],
      ['empty', 0],
    ],
  );
  assert.deepEqual(readdirSync(target), ['MLmodel', 'empty']);
  assert.deepEqual([...new Set(ends())], ['fetching 0.0 of 0.0 kB 1']);
  const unknown = hostile(() => [file('a'), file('b', 1)]);
  await downloadTree(unknown, '', scratch(), { progress });
  assert.deepEqual(said[0], 'fetching 0.0 MB undefined');
});

test('what does not fit on the disk is not begun; a disk that says nothing is tried', async (t) => {
  let facts: object | null = null;
  t.mock.method(disk, 'statfs', async () => facts ?? Promise.reject(new Error('not known')));
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const fetch = async (size: number) => {
    const target = scratch();
    const store = hostile(() => [file('a', size - 1), file('b', 1)]);
    const read = async (path: string) => chunk('x'.repeat(path === 'a' ? size - 1 : 1));
    await downloadTree({ ...store, read }, '', target);
  };
  facts = { blocks: 100, bavail: 2, bsize: 3 };
  await fetch(6);
  await assert.rejects(fetch(7), { code: 'FILE_WRITE_FAILED', message: /7 bytes as listed, and .* has room for 6/ });
  facts = { blocks: 0, bavail: 0, bsize: 3 };
  await fetch(7);
  facts = null;
  await fetch(7);
});

test('an upload: the last file alone and last, nothing of names that clash, of a changed file, or after a stop', async () => {
  const local = join(scratch(), 'x');
  writeFileSync(local, 'local');
  const log: string[] = [];
  const base = openFileArtifacts(scratch());
  let running = 0;
  const store: ArtifactStore = {
    ...base,
    async write(path, source) {
      running += 1;
      log.push(`${path} ${running > 1 ? 'beside others' : 'alone'}`);
      await base.write(path, source);
      running -= 1;
    },
  };
  const { sha256 } = (await uploadTree(store, 'm', new Map([['x', { file: local }]])))[0] ?? { sha256: '' };
  assert.deepEqual(log.splice(0), ['m/x alone']);
  await uploadTree(store, '', new Map([...FILES].reverse()));
  assert.equal(log.length, 4);
  assert.equal(log.at(-1), 'MLmodel alone');
  log.splice(0);
  for (const [files, wanted] of [
    [
      new Map([
        ['a', bytes('')],
        ['A', bytes('')],
      ]),
      'PATH_REFUSED',
    ],
    [new Map([['../a', bytes('')]]), 'PATH_REFUSED'],
    [new Map([['a', { file: local, sha256: sha256.replace(/^./, 'x') }]]), 'INTEGRITY_MISMATCH'],
  ] as const)
    await assert.rejects(uploadTree(store, 'm', files), code(wanted));
  await uploadTree(store, 'm', new Map([['a', { file: local, sha256 }]]));
  const stop = new AbortController();
  stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
  await assert.rejects(uploadTree(store, 'm', FILES, { signal: stop.signal }), code('INTERRUPTED'));
  await assert.rejects(downloadTree(store, 'm', scratch(), { signal: stop.signal }), code('INTERRUPTED'));
  assert.deepEqual(log, ['m/a alone']);
});

test('P4 P8 links out of a local store are not followed', {
  skip: process.platform === 'win32' && 'links need rights on Windows',
}, async () => {
  const top = scratch();
  mkdirSync(join(top, 'store'));
  mkdirSync(join(top, 'outside'));
  writeFileSync(join(top, 'outside', 'secret'), 's');
  symlinkSync(join(top, 'outside'), join(top, 'store', 'd'));
  symlinkSync(join(top, 'outside', 'secret'), join(top, 'store', 'f'));
  const store = openFileArtifacts(join(top, 'store'));
  await assert.rejects(store.read('f'), code('PATH_REFUSED'));
  await assert.rejects(store.read('d/secret'), code('PATH_REFUSED'));
  await assert.rejects(store.list('d'), code('PATH_REFUSED'));
  await assert.rejects(store.write('d/new', { bytes: bytes('x') }), code('PATH_REFUSED'));
  await assert.rejects(store.remove('d/secret'), code('PATH_REFUSED'));
  await assert.rejects(digestFolder(join(top, 'store')), code('PATH_REFUSED'));
  assert.deepEqual(readdirSync(join(top, 'outside')), ['secret']);
});

test('the cache keeps only complete, verified entries', async () => {
  const top = scratch();
  const cache = join(top, 'cache');
  const store = openFileArtifacts(join(top, 'store'));
  await uploadTree(store, 'm', FILES);
  const { digest } = await digestFolder(join(top, 'store', 'm'));
  let fetches = 0;
  const fetch = (folder: string) => {
    fetches++;
    return downloadTree(store, 'm', folder);
  };
  const all = await Promise.all([1, 2, 3, 4].map(() => throughCache(cache, digest, Date.now(), fetch, refused)));
  assert.equal(new Set(all.map((one) => one.folder)).size, 1);
  assert.ok((await throughCache(cache, digest, Date.now(), fetch, refused)).hit);
  const before = fetches;
  const entry = all[0]?.folder ?? '';
  writeFileSync(join(entry, 'MLmodel'), 'poisoned');
  const again = await throughCache(cache, digest, Date.now(), fetch, refused);
  assert.equal(again.hit, false);
  assert.equal(fetches, before + 1);
  assert.equal(readFileSync(join(again.folder, 'MLmodel'), 'utf8'), 'a: 1\n');
  if (process.platform !== 'win32') for (const folder of [cache, entry]) assert.equal(statSync(folder).mode & 0o077, 0);
  const wrong = `sha256:${'0'.repeat(64)}`;
  await assert.rejects(throughCache(cache, wrong, Date.now(), fetch, refused), code('INTEGRITY_MISMATCH'));
  await assert.rejects(throughCache(cache, '../../x', Date.now(), fetch, refused), code('INTEGRITY_MISMATCH'));
  assert.deepEqual(readdirSync(join(cache, 'fetching')), []);
  assert.equal(readdirSync(join(cache, 'packages')).length, 1);
});

test('a cache that is not mlctl’s own is refused before anything is fetched, and a disk that fails is told as such', async (t) => {
  const linked = scratch();
  symlinkSync(scratch(), join(linked, 'packages'));
  const never = () => assert.fail('fetched');
  await assert.rejects(throughCache(linked, null, Date.now(), never, refused), {
    code: 'PATH_REFUSED',
    message: /packages" in the cache is a link or a mounted disk/,
  });
  const cache = scratch();
  mkdirSync(join(cache, 'packages'));
  const fill = async (folder: string) => {
    writeFileSync(join(folder, 'x'), 'x');
    return (await digestFolder(folder)).files;
  };
  const kept = (await throughCache(scratch(), null, Date.now(), fill, refused)).digest.slice('sha256:'.length);
  const foreign = scratch();
  mkdirSync(join(foreign, 'packages', kept), { recursive: true });
  writeFileSync(join(foreign, 'packages', kept, 'mine'), 'x');
  await assert.rejects(throughCache(foreign, null, Date.now(), fill, refused), {
    code: 'PATH_REFUSED',
    message: new RegExp(`${kept}" in the cache is something, which mlctl did not make$`),
  });
  assert.deepEqual(readdirSync(join(foreign, 'packages', kept)), ['mine']);
  t.mock.method(fs, 'renameSync', () => {
    throw Object.assign(new Error('x'), { code: 'EIO' });
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  await assert.rejects(throughCache(cache, null, Date.now(), fill, refused), { code: 'FILE_WRITE_FAILED' });
  assert.deepEqual([readdirSync(join(cache, 'packages')), readdirSync(join(cache, 'fetching'))], [[], []]);
});

test('locations open by scheme', async () => {
  const world = { env: {}, cwd: scratch(), now: () => 0, signal: new AbortController().signal, note() {}, warn() {} };
  const open = (location: string) => openArtifacts(location, { world, trackingUri: null });
  assert.equal((await open('mlruns/1')).localRoot, join(world.cwd, 'mlruns', '1'));
  if (process.platform !== 'win32') {
    for (const location of ['/a/b c', 'file:///a/b%20c', 'file:/a/b%20c', 'file://localhost/a/b%20c'])
      assert.equal((await open(location)).localRoot, '/a/b c');
  }
  await assert.rejects(open('dbfs:/x'), code('ARTIFACTS_UNSUPPORTED'));
});
