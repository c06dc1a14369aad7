import assert from 'node:assert/strict';
import { EventEmitter, getEventListeners } from 'node:events';
import { test } from 'node:test';
import { streamOutput } from '../../src/files/stream-output.js';

/** A stream whose writes end as the test says. */
class Sink extends EventEmitter {
  destroyed = false;
  readonly written: string[] = [];
  #ends: ((error?: Error | null) => void) | undefined;

  write(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    this.written.push(String(bytes));
    this.#ends = done;
  }

  end(code?: string): void {
    this.#ends?.(code === undefined ? null : Object.assign(new Error(code), { code }));
  }
}

const opened = (signal = new AbortController().signal) => {
  const sink = new Sink();
  return { sink, output: streamOutput(sink, signal) };
};
const bytes = Buffer.from('x');

test('a write is done when the stream has taken it', async () => {
  const { sink, output } = opened();
  const writing = output.write(bytes);
  sink.end();
  assert.equal(await writing, true);
  assert.deepEqual(sink.written, ['x']);
});

test('a write that has ended, well or not, waits for no stop any more', async () => {
  const { signal } = new AbortController();
  const { sink, output } = opened(signal);
  for (const code of [undefined, 'ENOSPC']) {
    const writing = output.write(bytes);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    sink.end(code);
    await writing.catch(() => {});
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  }
});

test('after a closed pipe nothing is written, and it is not an error; any other failure is', async () => {
  const { sink, output } = opened();
  const closing = output.write(bytes);
  sink.end('EPIPE');
  assert.equal(await closing, false);
  assert.equal(await output.write(bytes), false);
  assert.deepEqual(sink.written, ['x']);
  const full = opened();
  const failing = full.output.write(bytes);
  full.sink.end('ENOSPC');
  await assert.rejects(failing, { code: 'ENOSPC' });
  const gone = opened();
  gone.sink.destroyed = true;
  assert.equal(await gone.output.write(bytes), false);
  assert.deepEqual(gone.sink.written, []);
});

test('a command that is stopped does not wait for a reader, and writes nothing more', async () => {
  const controller = new AbortController();
  const { sink, output } = opened(controller.signal);
  const waiting = output.write(bytes);
  controller.abort(new Error('stopped'));
  await assert.rejects(waiting, /stopped/);
  await assert.rejects(output.write(bytes), /stopped/);
  assert.deepEqual(sink.written, ['x']);
});

test('an error of the stream does not end the process until the output is done with it', async () => {
  for (const over of ['commit', 'abort'] as const) {
    const { sink, output } = opened();
    sink.emit('error', new Error('late'));
    await output[over]();
    assert.throws(() => sink.emit('error', new Error('late')), /late/);
  }
});
