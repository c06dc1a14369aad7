// Two answers to the same rows, output by output.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareAnswers } from '../../src/comparison/compare-answers.js';
import type { Column } from '../../src/data/table.js';

const answer = (...columns: Column[]) => ({ rows: 3, columns });
const double = (name: string, ...values: number[]): Column => ({
  name,
  type: 'double',
  values: Float64Array.from(values),
});
const text = (name: string, ...values: string[]): Column => ({ name, type: 'string', values });

test('numbers: rows that differ, by how much, and the first', () => {
  const [a, b] = [double('p', 1, Number.NaN, 0.5), double('p', 1, Number.NaN, 0.25)];
  assert.deepEqual(compareAnswers(answer(a), answer(a)), []);
  assert.deepEqual(compareAnswers(answer(a), answer(b)), [
    { name: 'p', different: 1, largest: 0.25, first: { row: 2, a: 0.5, b: 0.25 } },
  ]);
  assert.deepEqual(compareAnswers(answer(a), answer(double('p', 1, 2, 0.5))), [
    { name: 'p', different: 1, largest: null, first: { row: 1, a: 'NaN', b: 2 } },
  ]);
});

test('outputs are matched by name; one that only one model has differs in all rows', () => {
  const [label, chance] = [text('label', 'a', 'b', 'c'), double('chance', 0, 0, 0)];
  assert.deepEqual(compareAnswers(answer(label, chance), answer(text('label', 'a', 'c', 'c'))), [
    { name: 'label', different: 1, largest: null, first: { row: 1, a: 'b', b: 'c' } },
    { name: 'chance', different: 3, largest: null, first: null },
  ]);
});

test('the only output of each is compared by its place', () => {
  assert.deepEqual(compareAnswers(answer(double('x', 1, 2, 3)), answer(double('y', 1, 2, 3))), []);
});

test('whole numbers that a double would round are compared exactly', () => {
  const long = (...values: bigint[]): Column => ({ name: 'n', type: 'long', values: BigInt64Array.from(values) });
  const [one, other] = [answer(long(1n, 2n ** 53n, 3n)), answer(long(1n, 2n ** 53n + 1n, 3n))];
  assert.equal(compareAnswers(one, other).length, 1);
});
