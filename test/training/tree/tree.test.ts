// Trees against scikit-learn run for real: random data sets and parameters, and the data sets that everybody knows.
// MLCTL_TREE_CASES says how many random ones (300 by default), MLCTL_TREE_SEED where they begin.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { featureImportances } from '../../../src/estimators/tree/feature-importances.js';
import { sumTrees } from '../../../src/estimators/tree/sum-trees.js';
import type { Tree } from '../../../src/estimators/tree/tree.js';
import { pythonOf } from '../../support/python.js';
import {
  columnsOf,
  differences,
  fitCase,
  float64s,
  frameOfColumns,
  readTree,
  TREE_RULES,
  type TreeCase,
  treeCases,
} from './tree-cases.js';

const found = pythonOf('mlflow');
const skip = 'skip' in found ? found.skip : false;
const python = 'python' in found ? found.python : '';
const count = Number(process.env['MLCTL_TREE_CASES'] ?? 300);
const first = Number(process.env['MLCTL_TREE_SEED'] ?? 0);

/**
 * Impurities that are sums of logarithms: the C library's log is not always the nearest float64, so their last bits may differ, and
 * where two splits of a node are equally good but for them, scikit-learn's choice is that of the library.
 */
const OF_LOGS = new Set(['entropy', 'log_loss', 'poisson']);

/** True where the trees part at a node for which both splits are equally good. */
function partAtTie(tree: Tree, wanted: TreeCase['tree']): boolean {
  const theirs = readTree(wanted);
  const node = tree.feature.findIndex(
    (feature, i) => feature !== theirs.feature[i] || tree.threshold[i] !== theirs.threshold[i],
  );
  if (node < 0) return false;
  const below = (
    of: Pick<Tree, 'children_left' | 'children_right' | 'weighted_n_node_samples' | 'impurity'>,
  ): number => {
    const [l, r] = [of.children_left[node]!, of.children_right[node]!];
    return of.weighted_n_node_samples[l]! * of.impurity[l]! + of.weighted_n_node_samples[r]! * of.impurity[r]!;
  };
  return Math.abs(below(tree) - below(theirs)) <= 1e-12 * Math.max(1e-3, Math.abs(below(theirs)));
}

let ties = 0;

function same(one: TreeCase, place: number): void {
  const tree = fitCase(one);
  const about = `case ${place}, ${one.rows} rows: ${JSON.stringify(one.params)}`;
  const wrong = differences(tree, one.tree);
  const logs = OF_LOGS.has(one.params['criterion'] as string);
  if (logs && wrong.join() === 'impurity') {
    const wanted = float64s(one.tree['impurity'] as string);
    wanted.forEach((value, node) => {
      const ours = tree.impurity[node]!;
      assert.ok(Math.abs(ours - value) <= 1e-14 * Math.max(1, Math.abs(value)), `${about}: ${ours}, ${value}`);
    });
  } else if (logs && wrong.length > 0 && partAtTie(tree, one.tree)) {
    ties++;
    return;
  } else {
    assert.deepEqual(wrong, [], about);
    const features = float64s(one.X).length / one.rows;
    assert.deepEqual(featureImportances(tree, features), float64s(one.importances), about);
  }
  const wanted = float64s(one.answers);
  const rows = wanted.length / one.width;
  assert.deepEqual(sumTrees([tree], frameOfColumns(columnsOf(one.asked, rows)), TREE_RULES), wanted, about);
}

describe('a tree is the one that scikit-learn grows: structure, thresholds, values and answers to the last bit', () => {
  test('on random data with ties, constants, missing values and weights', { skip }, (t) => {
    const cases = treeCases(python, count, first);
    cases.forEach(same);
    assert.ok(ties <= Math.max(1, cases.length / 500), `${ties} of ${cases.length} cases part at a tie`);
    t.diagnostic(`${cases.length} trees, ${ties} part at a tie of logarithms`);
  });

  test('on iris, wine, breast cancer, digits and diabetes', { skip }, () => {
    treeCases(python, 0, 0, 'named').forEach(same);
  });
});
