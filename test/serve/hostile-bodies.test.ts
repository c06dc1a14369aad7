// Bodies that are made to use up memory or time, and clients that never finish: the server stays small, and honest clients are answered.
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { connectTo, rawRequest } from './raw-request.js';
import { serveProcess } from './serve-process.js';

const MODEL = 'models:/iris_clf@champion';
const BODY = JSON.stringify({ dataframe_records: [FLOWER] });
const HEAD = 'POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const skip = process.platform === 'linux' ? false : 'reads memory from /proc';

const ask = async (url: string): Promise<number> => {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${url}/invocations`, { method: 'POST', headers, body: BODY });
  await reply.arrayBuffer();
  return reply.status;
};

/** Writes as fast as the other side reads, until it ends the connection. */
async function writeAll(socket: Socket, parts: Iterable<Buffer>): Promise<void> {
  let isOver = false;
  const over = new Promise<void>((resolve) =>
    socket.once('close', () => {
      isOver = true;
      resolve();
    }),
  );
  for (const part of parts) {
    if (isOver) return;
    if (!socket.write(part)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), over]);
  }
}

function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
    if (answer.includes('\r\n\r\n')) socket.end();
  });
  socket.on('error', () => {});
  return new Promise((resolve) => socket.once('close', () => resolve(answer)));
}

function* times(part: Buffer, count: number): Generator<Buffer> {
  for (let i = 0; i < count; i++) yield part;
}

test('3 million chunks of a byte, and bodies over the limit, leave memory as it was', { skip }, async () => {
  const world = await irisVersions();
  await using server = await serveProcess(world, [MODEL]);
  assert.equal(await ask(server.url), 200);
  const before = server.resident();
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, server.resident())), 20);
  try {
    const tiny = await connectTo(server.url);
    const tinyAnswer = answerOf(tiny);
    tiny.write(CHUNKED);
    await writeAll(tiny, times(Buffer.from('1\r\n \r\n'.repeat(10_000)), 300));
    tiny.write('0\r\n\r\n');
    assert.match(await tinyAnswer, /^HTTP\/1\.1 400 /);
    assert.ok(most < before + 120, `tiny chunks: ${before} to ${most} MiB`);
    // No length is declared, so only what arrives can be counted.
    const long = await connectTo(server.url);
    const longAnswer = answerOf(long);
    long.write(CHUNKED);
    const mebibyte = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20, 32), Buffer.from('\r\n')]);
    await writeAll(long, times(mebibyte, 64));
    assert.match(await longAnswer, /^HTTP\/1\.1 413 /);
    assert.ok(most < before + 120, `a body over the limit: ${before} to ${most} MiB`);
  } finally {
    clearInterval(watching);
  }
  const begun = performance.now();
  assert.match(await rawRequest(server.url, `${HEAD}Content-Length: 10000000000\r\n\r\n`), /^HTTP\/1\.1 413 /);
  assert.ok(performance.now() - begun < 10_000, `${performance.now() - begun} ms`);
  assert.equal(await ask(server.url), 200);
});

/** What 500 clients send that never finish. */
const SLOW = {
  headers: 'POST /invocations HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  bodies: `${HEAD}Content-Length: 1000\r\n\r\n{`,
  chunks: `${CHUNKED}1\r\n{\r\n`,
};

test('500 clients that never finish do not keep an honest one waiting, and those without headers are cut off', async () => {
  const world = await irisVersions();
  await using server = await serveProcess(world, [MODEL]);
  for (let i = 0; i < 20; i++) await ask(server.url);
  const timed = async (what: string): Promise<number> => {
    const asked = performance.now();
    assert.equal(await ask(server.url), 200, what);
    return performance.now() - asked;
  };
  /** The machine of the tests may be busy with other things, so the slowest one in twenty are left out. */
  const slowest = (latencies: readonly number[]): number =>
    latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.95)]!;
  const alone: number[] = [];
  for (let i = 0; i < 100; i++) alone.push(await timed('alone'));
  const most = Math.max(100, 5 * slowest(alone));
  for (const [kind, begun] of Object.entries(SLOW)) {
    const sockets = await Promise.all(Array.from({ length: 500 }, () => connectTo(server.url)));
    let cut = 0;
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => (cut += 1));
      socket.resume();
      socket.write(begun);
    }
    await sleep(200);
    const latencies: number[] = [];
    const start = performance.now();
    const isOver = () => (kind === 'headers' ? cut === 500 : latencies.length >= 200);
    while (!isOver()) {
      assert.ok(performance.now() - start < 25_000, `${kind}: ${cut} cut off, ${latencies.length} answered`);
      latencies.push(await timed(`${kind}: request ${latencies.length}`));
      await sleep(5);
    }
    const slow = slowest(latencies);
    assert.ok(slow < most, `${kind}: ${slow} ms; ${most} ms are allowed`);
    for (const socket of sockets) socket.destroy();
  }
});
