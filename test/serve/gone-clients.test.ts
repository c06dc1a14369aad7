// A client that goes away costs nothing more: its call is dropped while it waits for a process, and left to end once it runs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watched } from '../../src/library/watched.js';
import { countdownFolder, ENDLESS } from '../library/countdown-folder.js';
import { testWorld } from '../support/worlds.js';
import { connectTo } from './raw-request.js';
import { startServing } from './start-serving.js';

const world = testWorld({ now: Date.now });
const models = [{ name: 'm', uri: await countdownFolder(world) }];

/** Takes half a second or so. */
const SLOW = 3e5;

const BODIES = {
  '/invocations': (x: number) => ({ dataframe_records: [{ x }] }),
  '/v2/models/m/infer': (x: number) => ({ inputs: [{ name: 'x', datatype: 'FP64', shape: [1, 1], data: [x] }] }),
} as const;

async function asking(url: string, path: keyof typeof BODIES, x: number) {
  const socket = await connectTo(url);
  socket.on('error', () => {});
  const body = JSON.stringify(BODIES[path](x));
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body);
  return socket;
}

async function until(what: string, isSo: () => boolean) {
  const start = performance.now();
  while (!isSo()) {
    assert.ok(performance.now() - start < 30_000, `${what}: never`);
    await sleep(5);
  }
}

for (const path of ['/invocations', '/v2/models/m/infer'] as const)
  test(`${path}: a client that goes away frees its place among those that wait, and nothing is left of it`, async () => {
    const accessLog = join(world.cwd, `access-${path.length}.log`);
    const server = await startServing(world, { models, workers: 1, timeoutMs: 240_000, accessLog });
    const poolOf = () => (server.models[0]!.facts as Watched).pool!;
    const runs = server.post(path, BODIES[path](12 * SLOW));
    await until('it runs', () => poolOf().busy === 1);
    const leaving = await Promise.all(Array.from({ length: 50 }, (_, i) => asking(server.url, path, i)));
    await until('they wait', () => poolOf().waiting === 50);
    const staying = server.post(path, BODIES[path](-7));
    await until('it waits as well', () => poolOf().waiting === 51);
    for (const socket of leaving) socket.destroy();
    await until('only the one that stayed waits', () => poolOf().waiting === 1);
    assert.deepEqual([poolOf().busy, poolOf().restarts], [1, 0]);
    assert.deepEqual([(await runs).status, (await staying).status], [200, 200]);

    const running = await asking(server.url, path, 3 * SLOW);
    await until('it runs', () => poolOf().busy === 1);
    running.destroy();
    const next = await server.post(path, BODIES[path](-8));
    assert.equal(next.status, 200);
    assert.deepEqual(poolOf(), { workers: 1, open: 1, busy: 0, waiting: 0, restarts: 0 });
    assert.match((await server.ask('/metrics')).text, /^mlctl_predictions_under_way 0$/m);
    await server.stop(0);
    const statuses = readFileSync(accessLog, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status);
    assert.equal(statuses.filter((status) => status === 499).length, 51);
    assert.equal(statuses.filter((status) => status >= 500).length, 0);
  });

test('a call that never ends is ended at its deadline, also if nobody waits for it any more', async () => {
  await using server = await startServing(world, { models, workers: 1, timeoutMs: 10_000 });
  const poolOf = () => (server.models[0]!.facts as Watched).pool!;
  const poison = await asking(server.url, '/invocations', ENDLESS);
  await until('it runs', () => poolOf().busy === 1);
  poison.destroy();
  assert.equal((await server.post('/invocations', BODIES['/invocations'](-1))).status, 200);
  assert.equal(poolOf().restarts, 1);
});
