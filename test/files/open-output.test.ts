// One rule for every output that is named: a file is replaced when the new one is whole, what is not a file stays and is written to.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { appendTo, openOutput } from '../../src/files/open-output.js';
import { scratch } from '../support/paths.js';

const never = new AbortController().signal;

async function put(path: string, text: string): Promise<void> {
  const output = await openOutput(path, never);
  assert.equal(await output.write(Buffer.from(text)), true);
  await output.commit();
  await output.abort();
}

test('a file: whole or as it was; a link stays, and its file is replaced; a second name keeps the old content', async () => {
  const top = scratch();
  const file = join(top, 'file');
  await put(file, 'one');
  linkSync(file, join(top, 'second'));
  symlinkSync('file', join(top, 'link'));
  symlinkSync('link', join(top, 'link-of-link'));
  await put(join(top, 'link-of-link'), 'two');
  assert.equal(readFileSync(file, 'utf8'), 'two');
  assert.equal(readFileSync(join(top, 'second'), 'utf8'), 'one');
  assert.ok(lstatSync(join(top, 'link-of-link')).isSymbolicLink());
  symlinkSync('made-later', join(top, 'dangling'));
  await put(join(top, 'dangling'), 'three');
  assert.equal(readFileSync(join(top, 'made-later'), 'utf8'), 'three');
  const output = await openOutput(file, never);
  await output.write(Buffer.from('half'));
  await output.abort();
  assert.equal(readFileSync(file, 'utf8'), 'two');
  assert.equal(readdirSync(top).filter((name) => name.includes('tmp')).length, 0);
});

test('a folder, and links that go round, are refused', async () => {
  const top = scratch();
  mkdirSync(join(top, 'folder'));
  symlinkSync('folder', join(top, 'link'));
  symlinkSync('round', join(top, 'round'));
  const failed = (error: unknown) => error instanceof MlctlError && error.code === 'FILE_WRITE_FAILED';
  for (const name of ['folder', 'link', 'round']) {
    await assert.rejects(openOutput(join(top, name), never), failed);
    await assert.rejects(appendTo(join(top, name), 'x', never), failed);
  }
});

test('in a folder that is not there nothing is made, and the error names what was given', async () => {
  const path = join(scratch(), 'none', 'x');
  for (const work of [openOutput(path, never), appendTo(path, 'x', never)])
    await assert.rejects(work, { code: 'FILE_WRITE_FAILED', details: { path, system_code: 'ENOENT' } });
});

test('a stop while a pipe waits for its reader is the error of the stop', {
  skip: process.platform === 'win32',
}, async () => {
  const pipe = join(scratch(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const stop = new AbortController();
  const works = [openOutput(pipe, stop.signal), appendTo(pipe, 'x', stop.signal)];
  stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
  for (const work of works) await assert.rejects(work, { code: 'INTERRUPTED' });
});

test('a named pipe is written to and stays', { skip: process.platform === 'win32' }, async () => {
  const top = scratch();
  const pipe = join(top, 'pipe');
  execFileSync('mkfifo', [pipe]);
  symlinkSync('pipe', join(top, 'link'));
  for (const path of [pipe, join(top, 'link')]) {
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    await put(path, 'rows');
    await appendTo(path, 'more', never);
    const bytes = Buffer.alloc(100);
    assert.equal(bytes.toString('utf8', 0, readSync(reader, bytes)), 'rowsmore');
    closeSync(reader);
    assert.ok(lstatSync(pipe).isFIFO());
  }
});

test('a pipe that is given up ends for its reader, and one without a reader wants no more', {
  skip: process.platform === 'win32',
}, async () => {
  const pipe = join(scratch(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const output = await openOutput(pipe, never);
  await output.write(Buffer.from('half'));
  await output.abort();
  const bytes = Buffer.alloc(10);
  let text = '';
  for (let tries = 0; tries < 200; tries++) {
    // 0 bytes: all writers have closed it.
    const count = readSync(reader, bytes);
    if (count === 0) break;
    text += bytes.toString('utf8', 0, count);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok('half'.startsWith(text), text);
  const next = await openOutput(pipe, never);
  closeSync(reader);
  let goesOn = true;
  for (let n = 0; n < 100 && goesOn; n++) goesOn = await next.write(Buffer.alloc(64 * 1024));
  assert.equal(goesOn, false);
  await next.abort();
});

test('a device is written to and stays', async (t) => {
  const device = join(scratch(), 'null');
  // A second /dev/null, for the one of the system must survive.
  if (spawnSync('mknod', [device, 'c', '1', '3']).status !== 0) return t.skip('mknod is not allowed here');
  await put(device, 'x');
  await appendTo(device, 'x', never);
  assert.ok(lstatSync(device).isCharacterDevice());
  if (process.platform !== 'linux') return;
  const open = openSync(device, 'w');
  await put(`/proc/self/fd/${open}`, 'x');
  closeSync(open);
});

test('an open file is written to where it is, and not replaced', { skip: process.platform !== 'linux' }, async () => {
  const top = scratch();
  const file = join(top, 'log');
  writeFileSync(file, '');
  const fd = openSync(file, 'r+');
  symlinkSync(`/proc/self/fd/${fd}`, join(top, 'stdout'));
  const { ino } = lstatSync(file);
  for (const path of [`/dev/fd/${fd}`, `/proc/${process.pid}/fd/${fd}`, join(top, 'stdout')]) await put(path, 'x');
  assert.equal(readFileSync(file, 'utf8'), 'xxx');
  assert.equal(lstatSync(file).ino, ino);
  assert.ok(lstatSync(join(top, 'stdout')).isSymbolicLink());
  closeSync(fd);
});
