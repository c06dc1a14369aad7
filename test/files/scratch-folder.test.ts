// Where scratch folders are made and how they are named, and what of our own files is removed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { removeFile } from '../../src/files/remove-file.js';
import { makeScratch, removeScratch, scratchPath, sweepScratch } from '../../src/files/scratch-folder.js';
import { sweepTemporaryFiles } from '../../src/files/sweep-temporary-files.js';
import { scratch } from '../support/paths.js';

/** No process has this number. */
const NOBODY = 2 ** 22 + 12345;
const DAY_MS = 24 * 3600 * 1000;

test('among temporary files a scratch folder has a plain name, elsewhere a hidden one', () => {
  assert.match(basename(scratchPath()), /^mlctl-\d+-[0-9a-f]{24}$/);
  assert.equal(dirname(scratchPath()), tmpdir());
  const folder = scratch();
  assert.match(basename(scratchPath(folder)), /^\.mlctl-\d+-[0-9a-f]{24}\.mlctl-tmp$/);
  assert.equal(dirname(scratchPath(folder)), folder);
  const made = makeScratch();
  assert.deepEqual(readdirSync(made), ['.made-by-mlctl']);
  if (process.platform !== 'win32') assert.equal(statSync(made).mode & 0o777, 0o700);
  removeScratch(made);
  assert.equal(existsSync(made), false);
});

/** A scratch folder of a process that has ended, so many milliseconds old. */
function left(parent: string, letter: string, age: number, mark?: string): string {
  const name = `.mlctl-${NOBODY}-${letter.repeat(24)}.mlctl-tmp`;
  const path = join(parent, name);
  mkdirSync(path);
  writeFileSync(join(path, '.made-by-mlctl'), mark ?? `scratch folder of mlctl: ${name}\n`);
  utimesSync(path, new Date(), new Date(Date.now() - age));
  return name;
}

test('the first scratch folder in a place sweeps it; only what is a day old goes, and a long mark is not read', () => {
  const parent = scratch();
  left(parent, 'a', DAY_MS + 60_000);
  const young = left(parent, 'b', DAY_MS - 60_000);
  const long = left(parent, 'c', 2 * DAY_MS, 'x'.repeat(201));
  const first = makeScratch(scratchPath(parent));
  assert.deepEqual(readdirSync(parent).sort(), [basename(first), young, long].sort());
  left(parent, 'd', 2 * DAY_MS);
  makeScratch(scratchPath(parent));
  assert.equal(readdirSync(parent).length, 5, 'a place is swept once');
  assert.equal(sweepScratch(parent), 1);
  assert.equal(sweepScratch(parent, Date.now() + DAY_MS), 1);
  assert.equal(sweepScratch(join(parent, 'nowhere')), 0);
  removeScratch(join(parent, 'nowhere', 'x'));
});

test('a scratch folder of exactly a day stays, and a moment later it goes', () => {
  const parent = scratch();
  const name = left(parent, 'a', 0);
  utimesSync(join(parent, name), 1000, 1000);
  assert.equal(sweepScratch(parent, 1_000_000 + DAY_MS), 0);
  assert.equal(sweepScratch(parent, 1_000_001 + DAY_MS), 1);
});

test('a mark that is a link, a second name, a folder or a pipe does not count, and does not end the sweep', async (t) => {
  if (process.platform === 'win32') return t.skip('Windows has no such files');
  const parent = scratch();
  const elsewhere = scratch();
  const marks: Record<string, (mark: string, text: string) => void> = {
    a: () => {},
    b: (mark, text) => {
      writeFileSync(join(elsewhere, 'linked'), text);
      symlinkSync(join(elsewhere, 'linked'), mark);
    },
    c: (mark, text) => {
      writeFileSync(join(elsewhere, 'named'), text);
      linkSync(join(elsewhere, 'named'), mark);
    },
    d: (mark) => mkdirSync(mark),
    e: (mark) => execFileSync('mkfifo', [mark]),
    f: (mark, text) => writeFileSync(mark, `${text} `),
  };
  const stay = Object.entries(marks).map(([letter, make]) => {
    const name = left(parent, letter, 2 * DAY_MS);
    const mark = join(parent, name, '.made-by-mlctl');
    const text = readFileSync(mark, 'utf8');
    unlinkSync(mark);
    make(mark, text);
    utimesSync(join(parent, name), 1000, 1000);
    return name;
  });
  const gone = ['0', '9'].map((letter) => left(parent, letter, 2 * DAY_MS));
  assert.equal(sweepScratch(parent), gone.length);
  assert.deepEqual(readdirSync(parent).sort(), stay.sort());
  assert.deepEqual(readdirSync(elsewhere).sort(), ['linked', 'named']);
});

test('a scratch folder of another user stays', (t) => {
  if (process.getuid === undefined) return t.skip('Windows has no such owners');
  const own = process.getuid();
  const parent = scratch();
  left(parent, 'a', 2 * DAY_MS);
  t.mock.method(process as { getuid(): number }, 'getuid', () => own + 1);
  assert.equal(sweepScratch(parent), 0);
  t.mock.restoreAll();
  assert.equal(sweepScratch(parent), 1);
});

test('only files that a killed process was writing are removed, also in folders below', () => {
  const folder = scratch();
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  const name = (pid: number) => `.x.${pid}-0123456789ab.mlctl-tmp`;
  const stay = [
    `a/${name(process.pid)}`,
    `a/.x.${NOBODY}-0123.mlctl-tmp`,
    `a/x.${NOBODY}-0123456789ab.mlctl-tmp`,
    'a/x',
  ];
  const go = [name(NOBODY), `a/${name(NOBODY)}`, `a/b/.x\ny.${NOBODY}-0123456789ab.mlctl-tmp`];
  for (const path of [...stay, ...go]) writeFileSync(join(folder, path), 'x');
  mkdirSync(join(folder, 'b', name(NOBODY)), { recursive: true });
  mkdirSync(join(folder, 'c'));
  linkSync(join(folder, 'a', 'x'), join(folder, 'c', name(NOBODY)));
  assert.equal(sweepTemporaryFiles(folder), 3);
  for (const path of [...stay, `b/${name(NOBODY)}`, `c/${name(NOBODY)}`])
    assert.ok(existsSync(join(folder, path)), path);
  for (const path of go) assert.ok(!existsSync(join(folder, path)), path);
  assert.equal(sweepTemporaryFiles(folder), 0);
  assert.equal(sweepTemporaryFiles(join(folder, 'nowhere')), 0);
});

test('a file is removed, and nothing else that is in its place', () => {
  const folder = scratch();
  const path = join(folder, 'x');
  writeFileSync(path, 'x');
  assert.equal(removeFile(path), true);
  assert.equal(existsSync(path), false);
  assert.equal(removeFile(path), true, 'it is gone already');
  assert.equal(removeFile(folder), false);
  assert.equal(removeFile(`${path}\0`), false, 'what the system refuses');
  writeFileSync(path, 'kept');
  assert.equal(readFileSync(path, 'utf8'), 'kept');
});
