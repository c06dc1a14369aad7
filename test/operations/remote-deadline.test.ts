// Without --timeout only the time spent on servers is bounded: it begins when one is asked and ends with the answer; local work has no end.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { predict } from '../../src/operations/predict.js';
import { trainModel } from '../../src/operations/train.js';
import { validate } from '../../src/operations/validate.js';
import { httpServer } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

// Takes every request and answers none.
const server = await httpServer(() => {});
after(() => server.close());

/** A world whose deadlines pass as soon as they begin, and how many began and ended. */
function impatient(env: Record<string, string>) {
  const count = { begun: 0, ended: 0 };
  const world = testWorld({ env: { USER: 'ada', ...env }, now: Date.now });
  const remoteDeadline = () => {
    count.begun += 1;
    setTimeout(() => world.stop(new MlctlError('DEADLINE_PASSED', 'the deadline of the test')), 50);
    return () => {
      count.ended += 1;
    };
  };
  return { world: { ...world, remoteDeadline }, count };
}

test('train, predict and validate stop waiting for a server', async () => {
  const streams = { stdin: process.stdin, stdout: process.stdout } as never;
  for (const work of [
    (world: Parameters<typeof trainModel>[0]) => trainModel(world, {}),
    (world: Parameters<typeof trainModel>[0]) =>
      predict(world, { uri: 'models:/m/1', input: 'rows.csv', output: '-' } as never, streams),
    (world: Parameters<typeof trainModel>[0]) =>
      validate(world, { uri: 'models:/m/1', input: 'rows.csv' } as never, streams),
  ]) {
    const { world, count } = impatient({ MLFLOW_TRACKING_URI: server.url });
    await assert.rejects(work(world), { code: 'DEADLINE_PASSED' });
    assert.deepEqual(count, { begun: 1, ended: 1 });
  }
});

test('a registry server has the same deadline as others, even if the runs are kept here', async () => {
  const { world, count } = impatient({ MLFLOW_REGISTRY_URI: server.url });
  await assert.rejects(trainModel(world, { register: 'm' }), { code: 'DEADLINE_PASSED' });
  assert.deepEqual(count, { begun: 1, ended: 1 });
});

test('local work has no deadline', async () => {
  const { world, count } = impatient({});
  const { run_id: run } = await trainModel(world, { out: join(scratch(), 'package') });
  assert.ok(run);
  assert.equal(count.begun, 0);
});
