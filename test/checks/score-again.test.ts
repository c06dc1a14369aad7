// The metrics of an answer against the true labels or quantities: which columns count, and what cannot be compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreAgain } from '../../src/checks/score-again.js';
import type { Column, Table } from '../../src/data/table.js';

const doubles = (name: string, ...values: number[]): Column => ({
  name,
  type: 'double',
  values: Float64Array.from(values),
});
const longs = (name: string, ...values: bigint[]): Column => ({
  name,
  type: 'long',
  values: BigInt64Array.from(values),
});
const texts = (name: string, ...values: string[]): Column => ({ name, type: 'string', values });
const table = (...columns: Column[]): Table => ({ rows: columns[0]!.values.length, columns });
const scored = async (answer: Table, truth: string): Promise<Record<string, number>> => {
  const found = await scoreAgain(answer, Buffer.from(truth));
  return typeof found === 'string' ? assert.fail(found) : Object.fromEntries(found.metrics);
};
const refused = (answer: Table, truth: string, message: RegExp) =>
  assert.rejects(scoreAgain(answer, Buffer.from(truth)), { code: 'DATA_INVALID', message });

test('labels alone have no metrics of probabilities', async () => {
  const metrics = await scored(table(longs('label', 0n, 1n, 1n)), 'y\n0\n1\n1\n');
  assert.equal(metrics['val_acc'], 1);
  assert.deepEqual(
    Object.keys(metrics).filter((name) => /loss|auc/.test(name)),
    [],
  );
});

test('labels: the column of that name, or the only one that can be labels', async () => {
  const truth = 'y\n0\n1\n1\n';
  for (const answer of [
    table(longs('label', 0n, 1n, 0n)),
    table(longs('other', 1n, 1n, 1n), longs('label', 0n, 1n, 0n)),
    table(doubles('x', 1, 2, 3), longs('class', 0n, 1n, 0n)),
  ])
    assert.equal((await scored(answer, truth))['val_acc'], 2 / 3);
  const words = table(
    texts('label', 'a', 'b', 'b'),
    doubles('probability_a', 0.9, 0.2, 0.4),
    doubles('probability_b', 0.1, 0.8, 0.6),
  );
  const metrics = await scored(words, 'y\na\nb\na\n');
  assert.equal(metrics['val_acc'], 2 / 3);
  const loss = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.4)) / 3;
  assert.ok(Math.abs((metrics['val_log_loss'] ?? 0) - loss) < 1e-12);
  // Probabilities of classes that are not like the labels are left out.
  const odd = await scored(table(longs('label', 0n, 1n), doubles('probability_a', 0.5, 0.5)), 'y\n0\n1\n');
  assert.deepEqual([odd['val_acc'], odd['val_log_loss']], [1, undefined]);
  await refused(table(longs('label', 0n)), 'y\nx\n', /contains "x", which is not an integer like the model's labels/);
});

test('quantities: the column `prediction`, or the only column', async () => {
  const truth = 'y\n1\n2\n';
  for (const answer of [
    table(doubles('prediction', 1, 4)),
    table(doubles('any', 1, 4)),
    table(doubles('first', 9, 9), doubles('prediction', 1, 4)),
    table({ name: 'prediction', type: 'float', values: Float32Array.of(1, 4) }),
  ])
    assert.equal((await scored(answer, truth))['val_rmse'], Math.sqrt(2));
  for (const answer of [
    table(doubles('a', 1, 2), doubles('b', 1, 2)),
    table({ name: 'prediction', type: 'boolean', values: Uint8Array.of(1, 0) }),
    table(texts('a', 'x', 'y'), texts('b', 'x', 'y')),
  ])
    assert.equal(
      await scoreAgain(answer, Buffer.from(truth)),
      'the model does not return a label to compare with the true ones',
    );
  for (const word of ['x', '', 'Infinity'])
    await refused(table(doubles('p', 1, 2)), `y,\n1,\n${word},\n`, /has 2 columns/);
  await refused(table(doubles('p', 1, 2)), 'y\n1\nx\n', /contains "x", which is not a number/);
  await refused(table(doubles('p', 1, 2)), 'y\n1\nInfinity\n', /contains "Infinity"/);
  await refused(table(doubles('p', 1, 2)), 'y\n1\n', /has 1 labels for 2 rows/);
  await refused(table(doubles('p', 1, 2)), '', /has 0 columns/);
});
