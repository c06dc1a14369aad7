// Each folder that mlctl cleans, full of names that lead out of it: nothing outside is touched.
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { openFileArtifacts } from '../../src/artifacts/open-file-artifacts.js';
import { throughCache } from '../../src/artifacts/through-cache.js';
import { MlctlError } from '../../src/errors/error.js';
import { digestFolder, digestOfList } from '../../src/files/digest-folder.js';
import { HeldFolder } from '../../src/files/held-folder.js';
import { removeBelow } from '../../src/files/remove-below.js';
import { makeScratch, removeScratch, scratchPath, sweepScratch } from '../../src/files/scratch-folder.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { ROOT, scratch } from '../support/paths.js';
import { bindMount, outside, setSnares } from '../support/snares.js';

const DAY_MS = 24 * 3600 * 1000;
const LATER = Date.now() + 3 * DAY_MS;
/** No process has it: Linux gives out numbers up to 2^22. */
const DEAD = 999_999_999;
const named = (parent: string, pid: number, n: number): string =>
  join(parent, `mlctl-${pid}-${n.toString(16).padStart(24, '0')}`);

const sources = (): (readonly [string, string])[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true })
    .map((file) => String(file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join(ROOT, 'src', file), 'utf8')] as const);

function remove(parent: string, name: string): boolean {
  const held = HeldFolder.open(parent);
  try {
    return removeBelow(held, name);
  } finally {
    held.close();
  }
}

test('a folder full of links, second names, pipes and odd names goes, and what they lead to stays', () => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  setSnares(join(top, 'own'), other);
  assert.equal(remove(top, 'own'), true);
  assert.deepEqual(readdirSync(top), []);
  symlinkSync(other.folder, join(top, 'own'));
  assert.equal(remove(top, 'own'), true);
  assert.equal(remove(top, 'own'), true, 'nothing is there');
  assert.deepEqual(other.state(), before);
});

test('what is mounted below is not entered, though it is of the same disk', (t) => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  mkdirSync(join(top, 'own', 'a'), { recursive: true });
  writeFileSync(join(top, 'own', 'a', 'file'), '');
  const end = bindMount(other.folder, join(top, 'own', 'mounted'));
  if (end === null) return t.skip('mounting is not allowed here');
  try {
    assert.equal(remove(top, 'own'), false);
    assert.equal(remove(join(top, 'own'), 'mounted'), false);
    assert.deepEqual(other.state(), before);
    assert.deepEqual(readdirSync(join(top, 'own')), ['mounted']);
  } finally {
    end();
  }
  assert.equal(remove(top, 'own'), true);
});

test('a held folder stays the one that was opened', { skip: process.platform !== 'linux' }, () => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  mkdirSync(join(top, 'own', 'docs'), { recursive: true });
  const held = HeldFolder.open(join(top, 'own'));
  renameSync(join(top, 'own'), join(top, 'away'));
  symlinkSync(other.folder, join(top, 'own'));
  assert.equal(removeBelow(held, 'docs'), true);
  held.close();
  assert.deepEqual(other.state(), before);
  assert.deepEqual(readdirSync(join(top, 'away')), []);
});

test('only a scratch folder with its own mark is swept, once it is old and its process has ended', () => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  const left = makeScratch(named(top, DEAD, 1));
  setSnares(left, other);
  const running = makeScratch(named(top, process.pid, 2));
  const young = makeScratch(named(top, DEAD, 3));
  utimesSync(young, new Date(LATER), new Date(LATER));
  mkdirSync(named(top, DEAD, 4));
  writeFileSync(join(named(top, DEAD, 4), 'own'), 'not of mlctl');
  mkdirSync(named(top, DEAD, 5));
  symlinkSync(join(young, '.made-by-mlctl'), join(named(top, DEAD, 5), '.made-by-mlctl'));
  // The mark of another folder.
  const moved = makeScratch(named(top, DEAD, 6));
  renameSync(moved, named(top, DEAD, 7));
  symlinkSync(other.folder, named(top, DEAD, 8));
  mkdirSync(join(top, 'mlctl-of-a-user'));
  const kept = readdirSync(top).filter((name) => name !== basename(left));
  assert.equal(sweepScratch(top, LATER), 1);
  assert.deepEqual(readdirSync(top), kept);
  assert.deepEqual(other.state(), before);
  removeScratch(running);
  removeScratch(named(top, DEAD, 8));
  removeScratch(named(top, DEAD, 4));
  assert.deepEqual(
    readdirSync(top),
    kept.filter((name) => name !== basename(running)),
  );
});

test('a scratch folder takes its snares with it, and nothing else', () => {
  const other = outside();
  const before = other.state();
  const path = makeScratch();
  setSnares(path, other);
  removeScratch(path);
  assert.ok(!existsSync(path));
  const replaced = makeScratch();
  renameSync(replaced, `${replaced}-away`);
  symlinkSync(other.folder, replaced);
  removeScratch(replaced);
  assert.ok(lstatSync(replaced).isSymbolicLink());
  assert.deepEqual(other.state(), before);
  assert.equal(remove(dirname(replaced), basename(replaced)), true);
  assert.equal(remove(dirname(replaced), `${basename(replaced)}-away`), true);
});

test('a folder that could not be written leaves nothing, and takes nothing of others with it', async () => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  symlinkSync(other.folder, scratchPath(top));
  const files = new Map([['a', { file: join(top, 'not-there') }]]);
  await assert.rejects(writeFolderAtomically(join(top, 'out'), files));
  assert.equal(readdirSync(top).length, 1);
  assert.deepEqual(other.state(), before);
});

test('a folder of artifacts is removed without what its links lead to', async () => {
  const other = outside();
  const before = other.state();
  const root = scratch();
  setSnares(join(root, 'run', 'probe'), other);
  const store = openFileArtifacts(root);
  await store.remove('run/probe');
  assert.deepEqual(readdirSync(join(root, 'run')), []);
  symlinkSync(other.folder, join(root, 'run', 'link'));
  await assert.rejects(store.remove('run/link/docs'), (error) => error instanceof MlctlError);
  await store.remove('run/link');
  assert.deepEqual(other.state(), before);
});

test('the cache: links in place of its folders are refused, links and folders in place of its entries are not followed', async (t) => {
  const other = outside();
  const before = other.state();
  const fill = async (folder: string) => {
    writeFileSync(join(folder, 'MLmodel'), 'a: 1\n');
    return (await digestFolder(folder)).files;
  };
  const model = scratch();
  const digest = digestOfList(await fill(model));
  const fetch = (cache: string) => throughCache(cache, digest, LATER, fill, () => new MlctlError('BUG', 'other files'));
  const refused = (error: unknown) => error instanceof MlctlError && error.code === 'PATH_REFUSED';
  for (const name of ['fetching', 'packages']) {
    const cache = scratch();
    symlinkSync(other.folder, join(cache, name));
    await assert.rejects(fetch(cache), refused);
    assert.deepEqual(other.state(), before);
  }
  const cache = scratch();
  const entry = (await fetch(cache)).folder;
  makeScratch(join(cache, 'fetching', basename(named('', DEAD, 1))));
  setSnares(join(cache, 'fetching', basename(named('', DEAD, 1))), other);
  symlinkSync(other.folder, join(cache, 'fetching', basename(named('', DEAD, 2))));
  setSnares(join(cache, 'fetching', 'of-a-user'), other);
  for (const spoil of [
    () => symlinkSync(other.folder, entry),
    () => symlinkSync(model, entry),
    () => setSnares(entry, other),
    () => writeFileSync(entry, 'a file'),
  ]) {
    assert.equal(remove(dirname(entry), basename(entry)), true);
    spoil();
    assert.equal((await fetch(cache)).hit, false);
    assert.ok(lstatSync(entry).isDirectory());
    assert.equal((await fetch(cache)).hit, true);
  }
  assert.deepEqual(readdirSync(join(cache, 'fetching')).sort(), [basename(named('', DEAD, 2)), 'of-a-user']);
  assert.deepEqual(other.state(), before);
  assert.equal(remove(join(cache, 'fetching'), 'of-a-user'), true);
  // A folder that was there before, with something under that name: it is not mlctl's to remove.
  const found = scratch();
  mkdirSync(join(found, 'packages', basename(entry), 'docs'), { recursive: true });
  await assert.rejects(fetch(found), refused);
  assert.ok(existsSync(join(found, 'packages', basename(entry), 'docs')));
  const end = bindMount(other.folder, join(scratch(), 'm'));
  if (end === null) return t.diagnostic('mounting is not allowed here');
  end();
  const mounted = scratch();
  const stop = bindMount(other.folder, join(mounted, 'packages'))!;
  try {
    await assert.rejects(fetch(mounted), refused);
  } finally {
    stop();
  }
  assert.deepEqual(other.state(), before);
});

test('only one room removes, and src has no other removal', () => {
  // Each by its reason: these are SQLite's own files, which are moved, and a record that is put in place.
  const may = /^(?:files\/|tracking\/sqlite\/file\/|loader\/known-packages|artifacts\/through-cache)/;
  const found = sources()
    .filter(
      ([file, text]) =>
        !may.test(file) && /\b(?:rm|rmdir|unlink|rename|rmSync|rmdirSync|unlinkSync|renameSync)\(/.test(text),
    )
    .map(([file]) => file);
  assert.deepEqual(found, []);
  const recursive = sources().filter(([, text]) => /\brm(?:Sync)?\(/.test(text));
  assert.deepEqual(
    recursive.map(([file]) => file),
    [],
  );
});
