import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../src/files/digest-folder.js';
import { isRunning } from '../../src/files/is-running.js';
import { openAtomicFile } from '../../src/files/open-atomic-file.js';
import { isFifo, openFifo, openFifoToWrite } from '../../src/files/open-fifo.js';
import { appendTo } from '../../src/files/open-output.js';
import { readProven } from '../../src/files/read-proven.js';
import { scratch } from '../support/paths.js';

test('the file gets its name with everything in it, and not before', async () => {
  const folder = scratch();
  const path = join(folder, 'out');
  const file = await openAtomicFile(path);
  await file.write(Buffer.from('one '));
  await file.write(Buffer.from('two'));
  assert.equal(existsSync(path), false);
  const [temporary, ...more] = readdirSync(folder);
  assert.match(temporary ?? '', /^\.out\.\d+-[0-9a-f]{12}\.mlctl-tmp$/);
  assert.deepEqual(more, []);
  await file.commit();
  await file.abort();
  assert.equal(readFileSync(path, 'utf8'), 'one two');
  assert.deepEqual(readdirSync(folder), ['out']);
  if (process.platform !== 'win32') {
    await (await openAtomicFile(join(folder, 'private'), 0o600)).commit();
    assert.equal(statSync(join(folder, 'private')).mode & 0o777, 0o600);
    assert.equal(statSync(path).mode & 0o777, 0o644 & ~process.umask());
  }
});

test('a write of the system that takes only a part is continued', async (t) => {
  const path = join(scratch(), 'out');
  const handle = await files.open(path, 'w');
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const write = prototype.write as (bytes: Uint8Array, at: number, length: number) => Promise<unknown>;
  const file = await openAtomicFile(path);
  t.mock.method(prototype, 'write', function (this: typeof handle, bytes: Uint8Array, at: number, length: number) {
    return write.call(this, bytes, at, Math.min(length, 3));
  });
  await file.write(Buffer.from('ten bytes!'));
  await file.commit();
  assert.equal(readFileSync(path, 'utf8'), 'ten bytes!');
});

test('what was there before stays until the commit, and after an abort', async () => {
  const folder = scratch();
  const path = join(folder, 'out');
  writeFileSync(path, 'old');
  const file = await openAtomicFile(path);
  await file.write(Buffer.from('new'));
  assert.equal(readFileSync(path, 'utf8'), 'old');
  await file.abort();
  await file.abort();
  await assert.rejects(file.write(Buffer.from('late')), {
    code: 'FILE_WRITE_FAILED',
    message: /EBADF|file descriptor/,
  });
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['out']);
});

test('what the system refuses is FILE_WRITE_FAILED, and can still be aborted', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(openAtomicFile(join(folder, 'file', 'x')), { code: 'FILE_WRITE_FAILED' });
  const file = await openAtomicFile(join(folder, 'x'));
  mkdirSync(join(folder, 'x', 'taken'), { recursive: true });
  await assert.rejects(file.commit(), { code: 'FILE_WRITE_FAILED' });
  await file.abort();
  await assert.rejects(file.write(Buffer.from('late')), { code: 'FILE_WRITE_FAILED' });
  assert.deepEqual(readdirSync(folder).sort(), ['file', 'x']);
});

test('a file that was hashed before is read as it was, or the reader ends with an error', async () => {
  const file = join(scratch(), 'x');
  const content = Buffer.alloc(3 << 20, 5);
  writeFileSync(file, content);
  const read = async (digest?: string) => {
    const parts: Uint8Array[] = [];
    for await (const part of readProven(digest === undefined ? { file } : { file, sha256: digest })) parts.push(part);
    return Buffer.concat(parts);
  };
  assert.ok((await read()).equals(content));
  assert.ok((await read(sha256(content))).equals(content));
  const error = { code: 'INTEGRITY_MISMATCH', message: /was changed after it was verified/ };
  await assert.rejects(read(sha256('other')), error);
});

test('a process is running or not, also if it belongs to somebody else', () => {
  assert.equal(isRunning(process.pid), true);
  assert.equal(isRunning(2 ** 22 + 12345), false);
  if (process.platform === 'linux') assert.equal(isRunning(1), true);
});

const posix = { skip: process.platform === 'win32' && 'Windows has no named pipes' };

test('a pipe is waited for until somebody reads it, or the command is stopped', posix, async () => {
  const path = join(scratch(), 'pipe');
  execFileSync('mkfifo', [path]);
  const controller = new AbortController();
  const stopped = openFifoToWrite(path, controller.signal);
  controller.abort(new Error('stopped'));
  await assert.rejects(stopped, /stopped/);
  const writing = openFifoToWrite(path, new AbortController().signal);
  const reader = openFifo(path);
  const writer = await writing;
  writer.end('through');
  let text = '';
  for await (const part of reader) text += part;
  assert.equal(text, 'through');
  await assert.rejects(openFifoToWrite(`${path}-none`, new AbortController().signal), { code: 'ENOENT' });
  assert.deepEqual([isFifo(path), isFifo(`${path}-none`)], [true, false]);
});

test('what is no pipe is not kept open', { skip: !existsSync('/proc/self/fd') }, () => {
  const file = join(scratch(), 'x');
  writeFileSync(file, 'x');
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  assert.throws(() => openFifo(file));
  assert.equal(open(), before);
});

test('text is added to the end of a file, and to one that is made for it', async () => {
  const folder = scratch();
  const { signal } = new AbortController();
  for (const text of ['one ', 'two']) await appendTo(join(folder, 'x'), text, signal);
  assert.equal(readFileSync(join(folder, 'x'), 'utf8'), 'one two');
  await assert.rejects(appendTo(folder, 'x', signal), { code: 'FILE_WRITE_FAILED' });
});
