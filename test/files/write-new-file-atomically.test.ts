// A new file: whole or not at all, in folders that are made for it, and never in the place of another file.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { writeNewFileAtomically } from '../../src/files/write-new-file-atomically.js';
import { scratch } from '../support/paths.js';

test('the folders above are made, and nothing else is left', async () => {
  const path = join(scratch(), 'a', 'b', 'new.yaml');
  await writeNewFileAtomically(path, 'näme: x\n');
  assert.equal(readFileSync(path, 'utf8'), 'näme: x\n');
  assert.deepEqual(readdirSync(dirname(path)), ['new.yaml']);
  if (process.platform !== 'win32')
    assert.equal(statSync(path).mode & 0o777 & ~process.umask(), 0o644 & ~process.umask());
});

test('what is there stays: a file, a folder, a link, also one that leads nowhere', async () => {
  const top = scratch();
  writeFileSync(join(top, 'file'), 'mine');
  mkdirSync(join(top, 'folder'));
  symlinkSync('file', join(top, 'link'));
  symlinkSync('nowhere', join(top, 'dangling'));
  const before = readdirSync(top).sort();
  for (const name of before) {
    await assert.rejects(writeNewFileAtomically(join(top, name), 'new'), { code: 'FILE_EXISTS' }, name);
    assert.deepEqual(readdirSync(top).sort(), before, name);
  }
  assert.equal(readFileSync(join(top, 'file'), 'utf8'), 'mine');
});

test('a place that cannot be written to is an error of the file', async () => {
  const top = scratch();
  writeFileSync(join(top, 'file'), 'mine');
  await assert.rejects(writeNewFileAtomically(join(top, 'file', 'below'), 'new'), { code: 'FILE_WRITE_FAILED' });
});

test('where there are no links the file is written under its name, and any other refusal is an error', async (t) => {
  const top = scratch();
  let code = '';
  t.mock.method(files, 'link', () => Promise.reject(Object.assign(new Error(code), { code })));
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const none = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
  for (code of none) {
    await writeNewFileAtomically(join(top, code), code);
    assert.equal(readFileSync(join(top, code), 'utf8'), code);
    if (process.platform !== 'win32') assert.equal(statSync(join(top, code)).mode & 0o777, 0o644 & ~process.umask());
    // What appeared meanwhile stays, here too.
    await assert.rejects(writeNewFileAtomically(join(top, code), 'new'), { code: 'FILE_EXISTS' });
  }
  code = 'EIO';
  await assert.rejects(writeNewFileAtomically(join(top, code), 'new'), { code: 'FILE_WRITE_FAILED' });
  assert.deepEqual(readdirSync(top).sort(), none.sort());
});
