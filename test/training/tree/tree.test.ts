// Trees against scikit-learn run for real: random data sets and parameters, and the data sets that everybody knows.
// MLCTL_TREE_CASES says how many random ones (300 by default), MLCTL_TREE_SEED where they begin.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { predictTree } from '../../../src/estimators/tree/apply-tree.js';
import { featureImportances } from '../../../src/training/tree/feature-importances.js';
import { pythonOf } from '../../support/python.js';
import { columnsOf, differences, fitCase, float64s, type TreeCase, treeCases } from './tree-cases.js';

const found = pythonOf('mlflow');
const skip = 'skip' in found ? found.skip : false;
const python = 'python' in found ? found.python : '';
const count = Number(process.env['MLCTL_TREE_CASES'] ?? 300);
const first = Number(process.env['MLCTL_TREE_SEED'] ?? 0);

/** Impurities that are sums of logarithms: the C library's log is not always the nearest float64. */
const OF_LOGS = new Set(['entropy', 'log_loss', 'poisson']);

function same(one: TreeCase, place: number): void {
  const tree = fitCase(one);
  const about = `case ${place}, ${one.rows} rows: ${JSON.stringify(one.params)}`;
  const wrong = differences(tree, one.tree);
  if (OF_LOGS.has(one.params['criterion'] as string) && wrong.join() === 'impurity') {
    const wanted = float64s(one.tree['impurity'] as string);
    wanted.forEach((value, node) => {
      const ours = tree.impurity[node]!;
      assert.ok(Math.abs(ours - value) <= 1e-14 * Math.max(1, Math.abs(value)), `${about}: ${ours}, ${value}`);
    });
  } else {
    assert.deepEqual(wrong, [], about);
    const features = float64s(one.X).length / one.rows;
    assert.deepEqual(featureImportances(tree, features), float64s(one.importances), about);
  }
  const wanted = float64s(one.answers);
  const rows = wanted.length / one.width;
  assert.deepEqual(predictTree(tree, columnsOf(one.asked, rows), rows), wanted, about);
}

describe('a tree is the one that scikit-learn grows: structure, thresholds, values and answers to the last bit', () => {
  test('on random data with ties, constants, missing values and weights', { skip }, () => {
    treeCases(python, count, first).forEach(same);
  });

  test('on iris, wine, breast cancer, digits and diabetes', { skip }, () => {
    treeCases(python, 0, 0, 'named').forEach(same);
  });
});
