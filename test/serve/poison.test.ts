// A request that hangs or crashes a model that mlctl does not know costs only itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watched } from '../../src/library/watched.js';
import { countdownFolder, ENDLESS } from '../library/countdown-folder.js';
import { childProcesses } from '../support/child-processes.js';
import { testWorld } from '../support/worlds.js';
import { startServing } from './start-serving.js';

const world = testWorld({ now: Date.now });
const models = [{ name: 'm', uri: await countdownFolder(world) }];
const rows = (x: number) => ({ dataframe_records: [{ x }] });

test('a request that never ends is answered 504, those beside it get their answers, and its process is back', async () => {
  await using server = await startServing(world, { models, workers: 2, timeoutMs: 5000 });
  const poison = server.post('/invocations', rows(ENDLESS));
  await sleep(50);
  const beside = await Promise.all(Array.from({ length: 40 }, (_, i) => server.post('/invocations', rows(-i - 1))));
  assert.deepEqual(
    beside.map(({ status, json }) => [status, json.predictions?.[0].y]),
    Array.from({ length: 40 }, (_, i) => [200, -i - 1]),
  );
  const { status, json } = await poison;
  assert.deepEqual([status, json.error_code], [504, 'TEMPORARILY_UNAVAILABLE']);
  const ended = performance.now();
  while ((childProcesses() ?? [1, 2]).length < 2) {
    assert.ok(performance.now() - ended < 20_000, 'its process is not back');
    await sleep(5);
  }
  assert.equal((await server.post('/invocations', rows(-7))).status, 200);
});

test('a request whose process dies is answered 500, and the next one is answered', async (t) => {
  if (childProcesses() === null) return t.skip('the system does not tell which processes there are');
  await using server = await startServing(world, { models, workers: 1, timeoutMs: 30_000 });
  const doomed = server.post('/v2/models/m/infer', {
    inputs: [{ name: 'x', datatype: 'FP64', shape: [1], data: [ENDLESS] }],
  });
  for (let tries = 0; (server.models[0]!.facts as Watched).pool!.busy < 1 && tries < 4000; tries++) await sleep(5);
  for (const { pid } of childProcesses()!) process.kill(pid, 'SIGKILL');
  const { status, json } = await doomed;
  assert.deepEqual([status, json], [500, { error: 'the process of the model died on these rows' }]);
  const ended = performance.now();
  assert.equal((await server.post('/invocations', rows(-1))).status, 200);
  assert.ok(performance.now() - ended < 20_000, `${performance.now() - ended} ms`);
});
