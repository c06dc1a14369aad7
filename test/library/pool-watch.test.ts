// A watched model that runs in several processes: versions take over under load while calls hang, no honest call fails, and none is
// answered by two versions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PredictedRow } from '../../src/library/types.js';
import { watch } from '../../src/library/watch.js';
import type { GraphProto } from '../../src/onnx/graph.js';
import { promoteModel } from '../../src/operations/promote.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import { countdown, DOUBLE, modelOf } from '../inference/models.js';
import { irisLikePackage } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

const double = (name: string) => ({ name, type: { kind: 'scalar', scalar: 'double' }, required: true }) as const;
const signature = {
  inputs: { kind: 'columns', columns: [double('x')] },
  outputs: { kind: 'columns', columns: [double('y'), double('left')] },
  params: null,
} as const;
const VERSIONS = [1, 2];
const SWAPS = 10;

/** y = x · version. */
function timesVersion(version: number): GraphProto {
  const graph = countdown();
  const rawData = new Uint8Array(Float64Array.of(version).buffer);
  return {
    ...graph,
    initializer: [...graph.initializer!, { name: 'version', dataType: DOUBLE, dims: [], rawData }],
    node: [{ opType: 'Mul', input: ['x', 'version'], output: ['y'] }, ...graph.node!.slice(1)],
  };
}

async function twoVersions() {
  const world = testWorld({ now: Date.now });
  const stores = lazyStores(world, {});
  for (const version of VERSIONS)
    await logModel(
      world,
      stores,
      {},
      irisLikePlan({
        buildPackage: (ids) =>
          irisLikePackage({
            ...ids,
            payload: modelOf(timesVersion(version)),
            signature,
            inputExample: { kind: 'dataframe', table: { rows: 1, columns: [X] } },
            golden: null,
          }),
        signature,
        vouched: false,
        register: { name: 'm' },
      }),
    );
  await stores.close();
  const move = (version: number) => promoteModel(world, { name: 'm', version, alias: 'champion', smoke: false });
  await move(1);
  return { world, move };
}
const X = { name: 'x', type: 'double', values: Float64Array.of(0.5) } as const;

test(`${SWAPS} swaps under load in several processes, while calls hang: no honest call fails`, async () => {
  const { world, move } = await twoVersions();
  await using model = await watch('models:/m@champion', { ...world, interval: 0, workers: 2, timeoutMs: 10_000 });
  const counts = [0, 0, 0];
  const poisons: Promise<unknown>[] = [];
  let isOver = false;
  const clients = Array.from({ length: 8 }, async (_, client) => {
    while (!isOver) {
      const rows = Array.from({ length: 5 }, (_, i) => ({ x: -client - i - 1 }));
      const answer: PredictedRow[] = await model.predict(rows);
      const version = (answer[0]!['y'] as number) / rows[0]!.x;
      assert.deepEqual(
        answer.map((row) => row['y']),
        rows.map(({ x }) => x * version),
      );
      counts[version]! += 1;
    }
  });
  for (let swap = 1; swap <= SWAPS; swap++) {
    if (swap % 4 === 1) poisons.push(model.predict([{ x: 1e30 }]).catch((error) => error.code));
    await move((swap % 2) + 1);
    assert.equal(await model.reload(), true);
  }
  isOver = true;
  await Promise.all(clients);
  assert.deepEqual(await Promise.all(poisons), ['MODEL_TIMEOUT', 'MODEL_TIMEOUT', 'MODEL_TIMEOUT']);
  assert.ok(
    VERSIONS.every((version) => counts[version]! > SWAPS),
    String(counts),
  );
});
