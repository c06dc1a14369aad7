// What changes for callers between two versions: metrics by the direction of their names, and a version whose files are gone.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { compareVersions } from '../../src/comparison/compare-versions.js';
import { sideOf } from '../../src/comparison/side-of.js';
import { MlctlError } from '../../src/errors/error.js';
import { logModel } from '../../src/runs/log-model.js';
import type { Signature } from '../../src/schema/types.js';
import { lazyStores } from '../../src/session/stores.js';
import { SIGNATURE } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

async function twoVersions(t: { after(work: () => unknown): void }, before: object = {}, after: object = {}) {
  const world = testWorld();
  const stores = lazyStores(world, {});
  t.after(() => stores.close());
  const log = async (metrics: object) => {
    const plan = irisLikePlan({ metrics: new Map(Object.entries(metrics)), register: { name: 'm' } });
    return (await logModel(world, stores, {}, plan)).path ?? assert.fail();
  };
  const paths = [await log(before), await log(after)];
  const registry = await stores.registry();
  const [one, two] = await Promise.all([1, 2].map((version) => registry.getModelVersion('m', version)));
  assert.ok(one && two);
  return { world, stores, one, two, paths, registry };
}

test('metrics that both versions have: better, worse, the same, or nobody knows which is better', async (t) => {
  const { world, stores, one, two } = await twoVersions(
    t,
    { val_acc: 0.5, val_f1: 0.5, val_loss: 0.5, rmse: 1, r2: 0.25, colour: 1, gone: 1, odd: Number.NaN, even: 1 },
    { val_acc: 0.75, val_f1: 0.25, val_loss: 0.75, rmse: 0.5, r2: 0.25, colour: 2, new: 1, odd: 1, even: Number.NaN },
  );
  const { metrics, ...rest } = (await compareVersions(world, stores, {}, one, two)).contract;
  assert.deepEqual(rest, { version: 1, breaking: false, changes: [], unknown: null });
  assert.deepEqual(metrics.map(({ name, before, after, change }) => `${name} ${before} ${after} ${change}`).sort(), [
    'colour 1 2 unknown',
    'r2 0.25 0.25 same',
    'rmse 1 0.5 better',
    'val_acc 0.5 0.75 better',
    'val_f1 0.5 0.25 worse',
    'val_loss 0.5 0.75 worse',
  ]);
  assert.deepEqual((await compareVersions(world, stores, {}, { ...one, runId: null }, two)).contract.metrics, []);
});

test('the signature that was verified already is compared, each change in words', async (t) => {
  const { world, stores, one, two } = await twoVersions(t);
  const { resolved, pkg } = await sideOf(world, stores, {}, 'models:/m/2');
  const changed = async (signature: Signature | null) => {
    const verified = { resolved, pkg: { ...pkg, model: { ...pkg.model, signature } } };
    const { breaking, changes } = (await compareVersions(world, stores, {}, one, two, verified)).contract;
    return [breaking, ...changes.map(({ message }) => message)];
  };
  assert.deepEqual(await changed(SIGNATURE), [false]);
  const [inputs] = [SIGNATURE.inputs];
  assert.ok(inputs?.kind === 'columns');
  const [first, ...others] = inputs.columns;
  const name = first?.name;
  const with_ = (columns: typeof inputs.columns): Signature => ({ ...SIGNATURE, inputs: { kind: 'columns', columns } });
  const more = { name: 'more', type: { kind: 'scalar', scalar: 'long' }, required: false } as const;
  assert.deepEqual(await changed(with_([...inputs.columns, more])), [false, 'input "more" is new (long, optional)']);
  const gone = await changed(with_(others));
  assert.ok(gone.includes(`input "${name}" is gone (double, required)`), gone.join('\n'));
  const text = await changed(with_([{ ...first!, type: { kind: 'scalar', scalar: 'string' } }, ...others]));
  assert.deepEqual(text, [true, `input "${name}" is string, was double`]);
  const swapped = await changed(with_(inputs.columns.toReversed()));
  assert.match(String(swapped[1]), /^the inputs are in another order: .*; was /);
  const none = await changed(null);
  assert.equal(none[0], true);
  assert.ok(none.includes('the outputs are not described any more'), none.join('\n'));
});

test('a version whose files are gone is told as such, and a stop is not taken for it', async (t) => {
  const { world, stores, one, two, paths } = await twoVersions(t, { val_acc: 1 }, { val_acc: 1 });
  rmSync(paths[0]!, { recursive: true });
  const { contract: found, sides } = await compareVersions(world, stores, {}, one, two);
  assert.equal(sides, null);
  assert.deepEqual([found.version, found.breaking, found.changes, found.metrics.length], [1, false, [], 1]);
  assert.match(found.unknown ?? '', /\S/);
  await assert.rejects(compareVersions(world, stores, {}, two, one), MlctlError);
  world.stop(new MlctlError('INTERRUPTED', 'stopped'));
  await assert.rejects(compareVersions(world, stores, {}, one, two), { code: 'INTERRUPTED' });
});
