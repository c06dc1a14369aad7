// A watched model follows its stage or alias: only a version that passes takes over, no call fails meanwhile, and none is answered by
// two versions.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../../src/library/load.js';
import { makeSigningKey, sign } from '../../src/library/sign-models.js';
import type { ModelFacts } from '../../src/library/types.js';
import { watch } from '../../src/library/watch.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { FLOWER, flower, irisVersions, moveChampion, probability } from './iris-versions.js';
import { soundThenBad } from './sound-then-bad.js';

const URI = 'models:/iris_clf@champion';
const MANY = Array.from({ length: 20 }, (_, i) => flower(i * 100));

/** What each version answers to `MANY`. */
async function answersOf(world: Awaited<ReturnType<typeof irisVersions>>): Promise<number[][]> {
  const all: number[][] = [];
  for (const version of [1, 2]) {
    await using model = await load(`models:/iris_clf/${version}`, world);
    all.push((await model.predict(MANY)).map(probability));
  }
  assert.notDeepEqual(all[0], all[1]);
  return all;
}

test('50 swaps under load: no call fails, and each answer is of one version', { timeout: 300_000 }, async () => {
  const world = await irisVersions();
  const [first, second] = await answersOf(world);
  const changes: (readonly [ModelFacts, ModelFacts])[] = [];
  const model = await watch(URI, {
    ...world,
    interval: 0,
    onChange: ({ before, after }) => changes.push([before, after]),
    onError: (error) => assert.fail(error.message),
  });
  let isOver = false;
  const counts = [0, 0];
  const load16 = Array.from({ length: 16 }, async () => {
    while (!isOver) {
      const answer = (await model.predict(MANY)).map(probability);
      const isFirst = answer[0] === first![0];
      assert.deepEqual(answer, isFirst ? first : second);
      counts[isFirst ? 0 : 1]! += 1;
    }
  });
  for (let swap = 1; swap <= 50; swap++) {
    const version = swap % 2 === 1 ? 2 : 1;
    await moveChampion(world, version);
    assert.equal(await model.reload(), true);
    assert.equal(model.version, version);
  }
  isOver = true;
  await Promise.all(load16);
  assert.equal(changes.length, 50);
  assert.ok(changes.every(([before, after]) => before.version !== after.version));
  assert.ok(
    counts.every((count) => count > 50),
    String(counts),
  );
  assert.equal(await model.reload(), false);
  await model.close();
  await assert.rejects(model.predict([FLOWER]), { code: 'USAGE' });
});

test('by itself, every interval; a version that is pinned answers until it is let go, and is closed then', async () => {
  const world = await irisVersions();
  const [first, second] = await answersOf(world);
  let changed: (() => void) | undefined;
  const change = new Promise<void>((resolve) => {
    changed = resolve;
  });
  await using model = await watch(URI, { ...world, interval: 20, onChange: () => changed?.() });
  const pinned = await model.pin(async (one) => {
    await moveChampion(world, 2);
    // the timer of the watch alone does not keep the program alive
    const held = setInterval(() => {}, 1000);
    await change;
    clearInterval(held);
    assert.deepEqual([one.version, model.version], [1, 2]);
    assert.deepEqual((await one.predict(MANY)).map(probability), first);
    assert.deepEqual((await model.predict(MANY)).map(probability), second);
    return one;
  });
  await sleep(10);
  await assert.rejects(pinned.predict(MANY), { code: 'USAGE', message: /was closed/ });
});

test('with a public key a version that was not signed stays out, before any of it runs', async () => {
  const world = await irisVersions();
  await makeSigningKey({ path: 'k' }, world);
  await sign({ uri: 'models:/iris_clf/1', key: 'k' }, world);
  await using model = await watch(URI, { ...world, interval: 0, publicKey: 'k.pub', onError: () => {} });
  await moveChampion(world, 2);
  await assert.rejects(model.reload(), { code: 'SIGNATURE_REFUSED', message: /there is no signature/ });
  assert.equal(model.version, 1);
  await sign({ uri: 'models:/iris_clf/2', key: 'k' }, world);
  assert.equal(await model.reload(), true);
  assert.equal(model.version, 2);
});

const ROWS = [{ a: 1, b: 0 }];

test('a version that fails smoke, or whose signature breaks callers, stays out; the one before answers', async () => {
  const { world, move } = await soundThenBad();
  const errors: Error[] = [];
  await using model = await watch('models:/m@champion', {
    ...world,
    interval: 20,
    onError: (error) => errors.push(error),
  });
  const before = await model.predict(ROWS);
  await move(2);
  while (errors.length < 1) await sleep(10);
  await sleep(300);
  // Told once: it does not get better by itself, so the timer does not judge it again. Whoever asks gets the answer.
  assert.equal(errors.length, 1);
  await assert.rejects(model.reload(), {
    code: 'VERSION_REFUSED',
    exitCode: 1,
    message: /^models:\/m@champion \(m version 2\) does not take over: smoke failed \(golden: /,
  });
  assert.equal(errors.length, 2);
  assert.deepEqual([model.version, await model.predict(ROWS)], [1, before]);

  await move(3);
  while (errors.length < 3) await sleep(10);
  assert.match(errors[2]!.message, /its signature breaks callers of the version before: .*outputs/);
  assert.equal(model.version, 1);

  await move(1);
  assert.equal(await model.reload(), false);
  assert.equal(errors.length, 3);
});

test('a signature that breaks callers takes over if the program allows it; without onError a refusal is a warning', async () => {
  const { world, move } = await soundThenBad();
  await using model = await watch('models:/m@champion', { ...world, interval: 0, allowSignatureChange: true });
  await move(3);
  assert.equal(await model.reload(), true);
  assert.deepEqual([model.version, model.signature?.outputs], [3, null]);
  await move(2);
  await assert.rejects(model.reload(), { code: 'VERSION_REFUSED' });
  assert.match(world.notes.at(-1) ?? '', /^warning: models:\/m@champion \(m version 2\) does not take over/);
});

test('files that changed after they were recorded stay out', async () => {
  const { world, move } = await soundThenBad();
  await using model = await watch('models:/m@champion', { ...world, interval: 0, onError: () => {} });
  await using third = await load('models:/m/3', world);
  await move(3);
  appendFileSync(`${third.resolved.location}/MLmodel`, '\n');
  await assert.rejects(model.reload(), { code: 'VERSION_REFUSED', message: /integrity/ });
  assert.equal(model.version, 1);
});

test('an abort ends the watch; a fixed version never changes', async () => {
  const { world, move } = await soundThenBad();
  const controller = new AbortController();
  const model = await watch('models:/m@champion', { ...world, interval: 5, signal: controller.signal });
  const call = model.predict(ROWS);
  controller.abort();
  await call;
  await assert.rejects(model.predict(ROWS), { code: 'USAGE' });

  await using fixed = await watch('models:/m/1', { ...world, interval: 0 });
  await move(2);
  assert.equal(await fixed.reload(), false);
});

test('the timer does not keep a program alive', async () => {
  const { world } = await soundThenBad();
  const library = new URL('../../src/index.js', import.meta.url).href;
  const program = `
    import { watch } from '${library}';
    const model = await watch('models:/m@champion', { cwd: ${JSON.stringify(world.cwd)}, env: ${JSON.stringify(world.env)}, interval: 100000 });
    process.stdout.write(String(model.version));`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.deepEqual([done.status, done.stdout], [0, '1'], done.stderr);
});

test('an alias on an MLflow server, and a server that is gone', { timeout: 300_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const server = await startMlflow(found.python, scratch());
  t.after(() => server.stop());
  const world = await irisVersions({ MLFLOW_TRACKING_URI: server.url, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
  const [first, second] = await answersOf(world);
  await using model = await watch(URI, { ...world, interval: 0, onError: () => {} });
  assert.deepEqual((await model.predict(MANY)).map(probability), first);
  await moveChampion(world, 2);
  assert.equal(await model.reload(), true);
  assert.deepEqual([model.version, model.verified], [2, 'registry']);
  assert.deepEqual((await model.predict(MANY)).map(probability), second);
  await server.stop();
  await assert.rejects(model.reload(), { code: 'REMOTE_UNREACHABLE' });
  assert.deepEqual((await model.predict(MANY)).map(probability), second);
});
