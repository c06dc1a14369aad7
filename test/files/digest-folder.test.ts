// What a package may hold: files, folders and links to files inside of it. The digest does not depend on how they are listed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestFolder, digestOfList, listFolder, MAX_ENTRIES, sha256 } from '../../src/files/digest-folder.js';
import { MAX_PATH_LEVELS } from '../../src/uri/safe-join.js';
import { scratch } from '../support/paths.js';

const posix = { skip: process.platform === 'win32' && 'Windows has no such files and links' };

test('the digest is one line for each file, sorted by the bytes of the paths', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'a'));
  for (const name of ['a/z', 'a-b', 'ü', 'z', 'B']) writeFileSync(join(folder, name), name);
  const order = ['B', 'a-b', 'a/z', 'z', 'ü'];
  const lines = order.map((path) => `${sha256(path)}  ${path}\n`).join('');
  const found = await digestFolder(folder, (path) => path === 'z');
  assert.equal(found.digest, `sha256:${createHash('sha256').update(lines).digest('hex')}`);
  assert.deepEqual(
    found.files.map(({ path, size }) => [path, size]),
    order.map((path) => [path, Buffer.byteLength(path)]),
  );
  assert.equal(digestOfList(found.files.toReversed()), found.digest);
  assert.deepEqual(
    [...found.bytes].map(([path, bytes]) => [path, String(bytes)]),
    [['z', 'z']],
  );
});

test('a file that is read in parts has the digest of its bytes, and is kept if it is wanted', async () => {
  const folder = scratch();
  const bytes = Buffer.alloc(4 * 1024 * 1024 + 1, 7);
  writeFileSync(join(folder, 'large'), bytes);
  for (const kept of [false, true]) {
    const found = await digestFolder(folder, () => kept);
    assert.deepEqual(found.files, [{ path: 'large', size: bytes.length, sha256: sha256(bytes) }]);
    assert.deepEqual([...found.bytes.keys()], kept ? ['large'] : []);
  }
});

test('a pipe and a socket are refused before anything reads them', posix, async (t) => {
  const piped = scratch();
  execFileSync('mkfifo', [join(piped, 'pipe')]);
  assert.throws(() => listFolder(piped), { code: 'PATH_REFUSED', message: /"pipe" is neither a file nor a folder/ });
  const bound = scratch();
  const server = createServer();
  t.after(() => server.close());
  await new Promise<void>((done) => server.listen(join(bound, 'socket'), done));
  assert.throws(() => listFolder(bound), { code: 'PATH_REFUSED', message: /"socket"/ });
});

test('a link is followed to a file inside, and refused if it leads out, to a folder or to nothing', posix, async () => {
  const outer = scratch();
  const folder = join(outer, 'model');
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data', 'x'), 'inside');
  writeFileSync(join(outer, 'secret'), 'outside');
  mkdirSync(join(outer, 'model-2'));
  writeFileSync(join(outer, 'model-2', 'y'), 'a neighbour whose name begins alike');
  const inside = join(folder, 'link');
  symlinkSync(join('data', 'x'), inside);
  const { files } = await digestFolder(folder);
  assert.deepEqual(
    files.find(({ path }) => path === 'link'),
    { path: 'link', size: 6, sha256: sha256('inside') },
  );
  const refused: [string, RegExp][] = [
    ['../secret', /leads out/],
    ['../model-2/y', /leads out/],
    ['..', /leads out/],
    ['.', /leads out/],
    ['/etc/passwd', /leads out/],
    ['data', /leads to a folder/],
    ['nowhere', /points to nothing/],
    ['data/x/below', /points to nothing/],
    ['bad', /points to nothing/],
  ];
  for (const [target, message] of refused) {
    const place = join(scratch(), 'model');
    execFileSync('cp', ['-r', folder, join(outer, 'model-2'), join(outer, 'secret'), join(place, '..')]);
    symlinkSync(target, join(place, 'bad'));
    assert.throws(() => listFolder(place), { code: 'PATH_REFUSED', message }, target);
  }
});

test('a name that another system would read as a place elsewhere is refused, of a file and of a folder', posix, () => {
  for (const name of ['a\\b', 'c:x', 'ends.', 'line\nbreak']) {
    const folder = scratch();
    writeFileSync(join(folder, name), '');
    assert.throws(() => listFolder(folder), { code: 'PATH_REFUSED' }, name);
    const above = scratch();
    mkdirSync(join(above, name));
    assert.throws(() => listFolder(above), { code: 'PATH_REFUSED' }, name);
  }
});

test('what the system says of a link is told as it is', posix, () => {
  const folder = scratch();
  symlinkSync('n'.repeat(300), join(folder, 'x'));
  assert.throws(() => listFolder(folder), { code: 'ENAMETOOLONG' });
});

test('a folder that is not there, that is a file, or that is too deep', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => listFolder(join(folder, 'none')), { code: 'FILE_NOT_FOUND', message: /there is no folder/ });
  assert.throws(() => listFolder(join(folder, 'file')), { code: 'FILE_NOT_FOUND', message: /is not a folder/ });
  const deepest = join(folder, ...Array.from({ length: MAX_PATH_LEVELS - 1 }, () => 'd'));
  mkdirSync(deepest, { recursive: true });
  writeFileSync(join(deepest, 'last'), '');
  assert.equal(listFolder(folder).length, 2);
  mkdirSync(join(deepest, 'd'));
  writeFileSync(join(deepest, 'd', 'too deep'), '');
  assert.throws(() => listFolder(folder), { code: 'LIMIT_EXCEEDED' });
});

test('a folder with more entries than anybody needs is refused before they are read', (t) => {
  const folder = scratch();
  const entries = Array.from({ length: MAX_ENTRIES + 1 }, () => ({ name: 'd', isDirectory: () => true }));
  t.mock.method(fs, 'readdirSync', () => entries as never);
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  assert.throws(() => listFolder(folder), { code: 'LIMIT_EXCEEDED', message: /has more than 100000 entries/ });
});
