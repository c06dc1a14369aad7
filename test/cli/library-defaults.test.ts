// What is left out means the same in the library and on the command line: both give the same document.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { doctor } from '../../src/operations/doctor.js';
import { modelHistory } from '../../src/operations/history.js';
import { loadModel } from '../../src/operations/load.js';
import { listModels } from '../../src/operations/models.js';
import { promoteModel } from '../../src/operations/promote.js';
import { rollbackModel } from '../../src/operations/rollback.js';
import { listRuns } from '../../src/operations/runs.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import { createWorld, type World } from '../../src/world.js';
import { cleanEnvironment, cliJson } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { irisLikePlan } from '../support/plans.js';

const cwd = scratch('mlctl-defaults-');
const env = { USER: 'ada' };
const world: World = createWorld({ cwd, env: cleanEnvironment(env) });
/** More than the lists show where nobody says how many. */
const MANY = 25;

before(async () => {
  const stores = lazyStores(world, {});
  for (let n = 0; n < MANY; n += 1)
    await logModel(world, stores, {}, irisLikePlan({ register: { name: `m${n}`, alias: 'champion' } }));
  await stores.close();
  for (let n = 0; n < MANY; n += 1)
    await promoteModel(world, { name: 'm0', version: 1, alias: `alias${n}`, smoke: false });
});

/** Times differ from one call to the next. */
function withoutTimes(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner) =>
    key === 'elapsed_ms' || key === 'started' || key === 'free_bytes' || key === 'largest_relative_difference'
      ? 0
      : inner,
  );
  return JSON.parse(text.replaceAll(/\d+(?:\.\d+)? GiB/g, '1 GiB'));
}

const CASES: readonly (readonly [args: readonly string[], library: () => Promise<object>])[] = [
  [['runs'], () => listRuns(world, {})],
  [['models'], () => listModels(world, {})],
  [['history', 'm0'], () => modelHistory(world, { name: 'm0' })],
  [['load', 'models:/m0/1'], () => loadModel(world, { uri: 'models:/m0/1' })],
  [['smoke', 'models:/m0/1'], () => smokeModel(world, { uri: 'models:/m0/1' })],
  [['promote', 'm0', '--alias', 'champion'], () => promoteModel(world, { name: 'm0', alias: 'champion' })],
  [
    ['rollback', 'm0', '--alias', 'champion', '--to', '1'],
    () => rollbackModel(world, { name: 'm0', alias: 'champion', to: 1 }),
  ],
  [['doctor'], () => doctor(world, {})],
];

for (const [args, library] of CASES)
  test(`${args.join(' ')}: the library answers the same`, async () => {
    const { schema, ok, ...document } = cliJson(args, { cwd, env });
    assert.deepEqual([schema, ok], [`mlctl.${args[0]}/1`, true]);
    assert.deepEqual(withoutTimes(await library()), withoutTimes(document));
  });

test('the lists are long enough that a default of another length would show', async () => {
  assert.ok((await listRuns(world, {})).more);
  assert.ok((await listModels(world, {})).more);
  assert.ok((await modelHistory(world, { name: 'm0' })).moves.length > MANY);
});
