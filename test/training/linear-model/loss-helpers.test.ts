// Threads that help with the loss of a large fit: the same bits with any number of them, also if one is lost, and none is left.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { inParts } from '../../../src/parts.js';
import { sharedNumbers } from '../../../src/threads/start-thread.js';
import { blockLoss, type LogisticProblem, shareSize } from '../../../src/training/linear-model/block-loss.js';
import { logisticLoss } from '../../../src/training/linear-model/logistic-loss.js';
import { fitLogisticRegression } from '../../../src/training/linear-model/logistic-regression.js';
import { countHelpers, startHelpers } from '../../../src/training/linear-model/loss-helpers.js';
import { PLACE } from '../../../src/training/linear-model/loss-round.js';
import { MT19937 } from '../../../src/training/mt19937.js';
import { finish } from '../../../src/work.js';
import { createWorld } from '../../../src/world.js';

interface Shape {
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
  readonly weights?: boolean;
  readonly fitIntercept?: boolean;
}

function problemOf({ rows, features, classes, weights = false, fitIntercept = true }: Shape): LogisticProblem {
  const random = new MT19937(rows + features + classes);
  const next = () => random.uint32() / 2 ** 31 - 1;
  const matrix = sharedNumbers(rows * features);
  for (let i = 0; i < matrix.length; i++) matrix[i] = next();
  return {
    matrix,
    rows,
    features,
    classes,
    target: Int32Array.from({ length: rows }, () => random.uint32() % classes),
    classWeight: weights ? Float64Array.from({ length: classes }, (_, k) => 0.5 + k) : null,
    l2: 1e-3,
    fitIntercept,
  };
}

/** Loss and gradient at two places, to the last bit. */
function losses(problem: LogisticProblem, helpers: ReturnType<typeof startHelpers>): Buffer {
  const size = shareSize(problem) - 1 - (problem.fitIntercept ? 0 : shareSize({ ...problem, features: 0 }) - 1);
  const loss = logisticLoss(problem, helpers);
  const found = [0, 0.01].flatMap((step) => {
    const x = Float64Array.from({ length: size }, (_, j) => step * ((j % 7) - 3));
    const gradient = new Float64Array(size);
    return [Float64Array.of(finish(loss(x, gradient))), gradient];
  });
  return Buffer.concat(found.map((numbers) => Buffer.from(numbers.buffer)));
}

const SHAPES: readonly (readonly [what: string, Shape])[] = [
  ['three classes', { rows: 60_001, features: 20, classes: 3 }],
  ['two classes with weights', { rows: 70_000, features: 33, classes: 2, weights: true }],
  ['five classes without an intercept', { rows: 60_123, features: 7, classes: 5, fitIntercept: false }],
  ['more shares than are kept at once', { rows: 15_500, features: 60, classes: 300 }],
];

for (const [what, shape] of SHAPES)
  test(`${what}: the same bits with any number of helpers`, () => {
    const problem = problemOf(shape);
    const alone = losses(problem, null);
    for (const count of shape.classes > 100 ? [1] : [1, 3]) {
      const helpers = startHelpers(problem, count);
      assert.ok(helpers);
      try {
        assert.ok(losses(problem, helpers).equals(alone), `${count} helpers`);
      } finally {
        helpers.close();
      }
    }
  });

test('a helper computes what it takes, and leaves all else as it is', async () => {
  const problem = problemOf({ rows: 40_000, features: 20, classes: 3 });
  const helpers = startHelpers(problem, 1)!;
  const { round } = helpers;
  const blocks = Math.ceil(problem.rows / 256);
  const groups = Math.ceil(blocks / round.group);
  // All of the round is given to the helper.
  round.x.fill(0.1);
  Atomics.store(round.control, PLACE.end, blocks);
  Atomics.store(round.control, PLACE.limit, groups);
  Atomics.add(round.control, PLACE.wake, 1);
  Atomics.notify(round.control, PLACE.wake);
  for (let tries = 0; Atomics.load(round.control, PLACE.done) < groups; tries++) {
    assert.ok(tries < 600, 'the helper did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  helpers.close();
  const [shareOf, size] = [blockLoss(problem), shareSize(problem)];
  const own = new Float64Array(size);
  for (let block = 0; block < blocks; block++) {
    shareOf(round.x, block, own);
    assert.deepEqual(round.shares.slice(block * size, (block + 1) * size), own, `block ${block}`);
  }
});

test('a fit goes on alone if a helper is lost with a group', () => {
  const problem = problemOf({ rows: 60_001, features: 20, classes: 3 });
  const alone = losses(problem, null);
  const helpers = startHelpers(problem, 1)!;
  const { control } = helpers.round;
  const stolen = new Proxy(helpers, {
    get: (target, key) =>
      key === 'addShares'
        ? function* (...given: Parameters<typeof helpers.addShares>) {
            const work = target.addShares(...given);
            // The first group is taken by nobody who computes it.
            for (let first = true; ; first = false) {
              const { done, value } = work.next();
              if (first && !done) Atomics.sub(control, PLACE.done, 1);
              if (done) return value as number;
              yield value;
            }
          }
        : Reflect.get(target, key),
  });
  assert.ok(losses(problem, stolen).equals(alone));
  assert.equal(Atomics.load(control, PLACE.stopped), 1);
});

const threads = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0);
/** Before any helper was started. */
const ALONE = threads();

async function untilThreads(most: number): Promise<void> {
  for (let tries = 0; threads() > most; tries++) {
    assert.ok(tries < 200, `${threads()} threads are left, ${most} were there`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const LARGE: Shape = { rows: 120_000, features: 30, classes: 3 };
const params = { C: 1, max_iter: 100, tol: 1e-4, fit_intercept: true, class_weight: null };

function largeFit() {
  const { matrix, rows, features, target, classes } = problemOf(LARGE);
  const columns = Array.from({ length: features }, (_, j) => ({
    kind: 'number' as const,
    name: `x${j}`,
    values: Float64Array.from({ length: rows }, (_, i) => matrix[i * features + j]!),
  }));
  const labels = Array.from({ length: classes }, (_, k) => BigInt(k));
  const goal = { role: 'classifier', classes: { type: 'long', values: labels }, codes: target } as const;
  return () => fitLogisticRegression({ rows, columns }, goal, params, () => {});
}

test('helpers are for large fits, and never more than there are processors', () => {
  assert.equal(countHelpers(1000, 20, 3), 0);
  assert.equal(countHelpers(LARGE.rows, LARGE.features, LARGE.classes), Math.min(availableParallelism() - 1, 7));
});

test('no thread is left: after a fit, after a stop, after work that nobody ends', async (t) => {
  if (ALONE === 0) return t.skip('this system does not list threads');
  if (availableParallelism() < 2) return t.skip('there is one processor');
  const fit = largeFit();
  const learned = finish(fit());
  await untilThreads(ALONE);

  const controller = new AbortController();
  let helping = 0;
  const stop = () => {
    helping = threads() - ALONE;
    controller.abort(new Error('stopped'));
  };
  // With a turn after each step the stop comes at the first one, however fast the fit is.
  await assert.rejects(inParts(createWorld({ signal: controller.signal, progress: stop }), fit(), 0), /stopped/);
  assert.ok(helping > 0, 'no helper was there when the fit was stopped');
  await untilThreads(ALONE);

  const left = fit();
  for (let n = 0; n < 5; n++) left.next();
  assert.ok(threads() > ALONE);
  left.return(learned);
  await untilThreads(ALONE);
});
