// Sums of trees over many rows: the same bits as over few rows at a time, which one thread adds up; small batches start no thread.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { frameOfMatrix } from '../../../src/estimators/frame-of-matrix.js';
import { type LeafTable, leafTableOf } from '../../../src/estimators/tree/leaf-table.js';
import { addTrees } from '../../../src/estimators/tree/sum-trees.js';
import { MT19937 } from '../../../src/training/mt19937.js';
import { fitNumberTree } from '../../../src/training/tree/fit-tree.js';
import { finish } from '../../../src/work.js';
import { TREE_DEFAULTS, TREE_RULES } from '../../training/tree/tree-cases.js';

const WIDTH = 5;
const random = new MT19937(8);
const number = () => random.uint32() / 2 ** 30 - 2;

const TREES = Array.from({ length: 24 }, (_, seed) => {
  const columns = Array.from({ length: WIDTH }, () => Float32Array.from({ length: 400 }, number));
  const target = Float64Array.from({ length: 400 }, number);
  const rules = { ...TREE_DEFAULTS, criterion: 'squared_error', random_state: seed } as const;
  return finish(fitNumberTree({ columns, weights: null }, target, rules));
});

/** Every third node sends categories. */
function withCategories(table: LeafTable): LeafTable {
  const words = (length: number) => Uint32Array.from({ length }, () => random.uint32());
  const set = Int32Array.from(table.layout.leaf, (_, place) => (place % 3 === 0 ? 0 : -1));
  return { ...table, splits: { set, left: words(8), known: words(8), knownSet: new Int32Array(WIDTH) } };
}

function matrix(rows: number, value: () => number): Float64Array {
  return Float64Array.from({ length: rows * WIDTH }, value);
}

/** The bits of the sums, `most` rows at a time. */
function sumsOf(stages: readonly (readonly LeafTable[])[], values: Float64Array, stride: number, most: number): Buffer {
  const rows = values.length / WIDTH;
  const sums = Float64Array.from({ length: rows * stride }, (_, at) => at / 7);
  for (let from = 0; from < rows; from += most) {
    const to = Math.min(from + most, rows);
    const frame = frameOfMatrix(to - from, WIDTH, values.subarray(from * WIDTH, to * WIDTH));
    addTrees(stages, frame, TREE_RULES, 0.1, sums.subarray(from * stride, to * stride));
  }
  return Buffer.from(sums.buffer);
}

const tables = TREES.map(leafTableOf);
const ONE_A_STAGE = tables.map((table) => [table]);
const THREE_A_STAGE = Array.from({ length: 8 }, (_, stage) => tables.slice(stage * 3, stage * 3 + 3));
const missing = () => (random.uint32() % 9 === 0 ? Number.NaN : number());
const categories = () => random.uint32() % 12;

const canCount = existsSync('/proc/self/task');
const threads = (): number => readdirSync('/proc/self/task').length;

test('few rows start no thread', { skip: !canCount && 'this system does not list threads' }, () => {
  const before = threads();
  const values = matrix(20_000, number);
  for (let times = 0; times < 5; times++) sumsOf(ONE_A_STAGE, values, 1, 20_000);
  assert.equal(threads(), before);
});

for (const [what, stages, stride, value] of [
  ['a forest', ONE_A_STAGE, 1, number],
  ['missing values', ONE_A_STAGE, 1, missing],
  ['a boosting of three classes', THREE_A_STAGE, 3, number],
  ['categories', ONE_A_STAGE.map(([table]) => [withCategories(table!)]), 1, categories],
] as const)
  test(`many rows, ${what}: the same bits as few rows at a time`, () => {
    // more than one shared block holds
    const values = matrix(400_003, value);
    const before = canCount ? threads() : 0;
    const together = sumsOf(stages, values, stride, 400_003);
    if (what === 'a forest' && canCount && availableParallelism() > 1)
      assert.ok(threads() > before, 'no thread started');
    assert.ok(sumsOf(stages, values, stride, 1000).equals(together));
    assert.ok(sumsOf(stages, values, stride, 400_003).equals(together), 'once more');
  });
