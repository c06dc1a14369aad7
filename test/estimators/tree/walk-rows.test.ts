// Rows that walk four at a time through the laid-out nodes end where a plain walk ends, with and without missing values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyTrees } from '../../../src/estimators/tree/apply-trees.js';
import { LEAF, type Tree } from '../../../src/estimators/tree/tree.js';
import { MT19937 } from '../../../src/training/mt19937.js';
import { fitNumberTree } from '../../../src/training/tree/fit-tree.js';
import { finish } from '../../../src/work.js';
import { frameOfColumns, TREE_DEFAULTS, TREE_RULES } from '../../training/tree/tree-cases.js';

function plainWalk(tree: Tree, columns: readonly Float64Array[], row: number): number {
  let node = 0;
  while (tree.children_left[node] !== LEAF) {
    const value = Math.fround(columns[tree.feature[node]!]![row]!);
    const left = Number.isNaN(value) ? tree.missing_go_to_left[node] === 1 : value <= tree.threshold[node]!;
    node = left ? tree.children_left[node]! : tree.children_right[node]!;
  }
  return node;
}

/** `nans`: one value in so many is missing. */
function data(random: MT19937, rows: number, nans: number): Float64Array[] {
  const value = () => {
    const bits = random.uint32();
    return bits % nans === 0 ? Number.NaN : Math.round(bits / 2 ** 27) / 4;
  };
  return Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, value));
}

test('every number of rows, blocks with missing values and blocks without', () => {
  const random = new MT19937(5);
  const columns = data(random, 300, 9);
  const target = Float64Array.from({ length: 300 }, () => random.uint32() % 50);
  const trained = { columns: columns.map((column) => Float32Array.from(column)), weights: null };
  const tree = finish(
    fitNumberTree(trained, target, { ...TREE_DEFAULTS, criterion: 'squared_error', random_state: 1 }),
  );
  for (const rows of [1, 2, 3, 4, 5, 1000, 40_000]) {
    for (const nans of [7, 2 ** 32]) {
      const asked = data(random, rows, nans);
      const wanted = Float64Array.from({ length: rows }, (_, row) => plainWalk(tree, asked, row));
      assert.deepEqual(applyTrees([tree], frameOfColumns(asked), TREE_RULES), wanted);
    }
  }
});

test('a missing value is refused where the tree does not take it, and the row is named', () => {
  const tree = finish(
    fitNumberTree({ columns: [Float32Array.of(1, 2, 3)], weights: null }, Float64Array.of(1, 2, 3), {
      ...TREE_DEFAULTS,
      criterion: 'squared_error',
      random_state: 1,
    }),
  );
  const frame = frameOfColumns([Float64Array.of(1, Number.NaN)]);
  assert.throws(() => applyTrees([tree], frame, { ...TREE_RULES, missing: 'refused' }), { row: 1 });
  assert.throws(() => applyTrees([tree], frameOfColumns([Float64Array.of(1, 1e39)]), TREE_RULES), /holds 1e\+39/);
});
