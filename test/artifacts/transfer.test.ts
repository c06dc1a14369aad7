import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
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
