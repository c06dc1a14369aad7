// Whatever the system refuses has a code of ours, and is never told as a bug.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { explain } from '../../src/cli/explain.js';
import { systemError } from '../../src/errors/system-error.js';
import { digestFolder, listFolder } from '../../src/files/digest-folder.js';
import { scratch } from '../support/paths.js';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
};

test('every code of the system ends with an exit code of the contract', () => {
  for (const code of Object.keys(constants.errno)) {
    const error = Object.assign(new Error(`${code}: so it is, open '/x'`), { code, syscall: 'open', path: '/x' });
    const { code: ours, exit, hint } = explain(error);
    assert.ok([2, 3, 6].includes(exit), `${code}: ${ours}`);
    assert.ok(hint);
  }
});

test('real refusals are told with the path, the words of the system and a hint', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('circle', join(folder, 'circle'));
  const cases: readonly [string, () => unknown, string, RegExp][] = [
    ['file below a file', () => readFileSync(join(folder, 'file/x')), 'FILE_REFUSED', /ENOTDIR/],
    ['a folder read', () => readFileSync(folder), 'FILE_REFUSED', /EISDIR/],
    ['a circle of links', () => readFileSync(join(folder, 'circle')), 'FILE_REFUSED', /circle.*ELOOP/],
    ['a long name', () => readFileSync(join(folder, 'n'.repeat(300))), 'FILE_REFUSED', /ENAMETOOLONG/],
    ['a folder that is there', () => mkdirSync(folder), 'FILE_REFUSED', /EEXIST/],
    ['no such file', () => readFileSync(join(folder, 'none')), 'FILE_NOT_FOUND', /ENOENT/],
    ['no place to write', () => mkdtempSync(join(folder, 'none/x')), 'FILE_WRITE_FAILED', /ENOENT/],
    ['no such folder', () => readdirSync(join(folder, 'none')), 'FILE_NOT_FOUND', /ENOENT/],
  ];
  for (const [what, work, code, message] of cases) {
    const error = systemError(thrownBy(work));
    assert.equal(error?.code, code, what);
    assert.match(error?.message ?? '', message);
    // Node names no path for a read of what is open already.
    if (what !== 'a folder read') assert.ok((error?.message ?? '').includes(folder), what);
  }
});

test('an error of a program is not one of the system', () => {
  for (const error of [new TypeError('x'), Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }), 'x', null])
    assert.equal(systemError(error), null);
  assert.equal(explain(new TypeError('x')).exit, 70);
});

test('a folder with a name that is not UTF-8 is refused, and one with U+FFFD in a name is read', async () => {
  const odd = scratch();
  const name = Buffer.concat([Buffer.from(`${odd}/a`), Buffer.from([0xff]), Buffer.from('b')]);
  writeFileSync(name, 'x');
  assert.throws(() => listFolder(odd), { code: 'PATH_REFUSED', message: /not UTF-8/ });
  // Node cannot remove by itself what it cannot name.
  unlinkSync(name);
  const fine = scratch();
  writeFileSync(join(fine, 'a\ufffdb'), 'x');
  assert.equal((await digestFolder(fine)).files.length, 1);
});
