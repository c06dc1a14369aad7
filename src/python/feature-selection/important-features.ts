// Turns a SelectFromModel into the columns that its estimator finds important, as scikit-learn's _get_support_mask does.
import { median } from '../../estimators/median.js';
import { featureImportances } from '../../estimators/tree/feature-importances.js';
import { Attributes } from '../attributes.js';
import { readTree } from '../tree/read-tree.js';
import type { Value } from '../value.js';

export function importantFeatures(attributes: Attributes): boolean[] {
  const prefit = attributes.maybe('estimator_') ?? attributes.get('estimator');
  const estimator = new Attributes(prefit);
  const getter = attributes.maybe('importance_getter')?.text() ?? 'auto';
  const importances = importancesOf(estimator, getter, attributes.get('norm_order').number(), attributes);
  const threshold = thresholdOf(attributes.maybe('threshold'), estimator, importances);
  const most = attributes.maybe('max_features_') ?? attributes.maybe('max_features');
  const order = [...importances.keys()].sort((a, b) => importances[b]! - importances[a]! || a - b);
  const kept = new Set(most === null ? order : order.slice(0, most.integer(0)));
  // a score that is not a number is not below anything
  return Array.from(importances, (importance, j) => kept.has(j) && !(importance < threshold));
}

function importancesOf(estimator: Attributes, getter: string, norm: number, selector: Attributes): Float64Array {
  const { kind } = estimator;
  if (getter !== 'auto' && getter !== 'coef_' && getter !== 'feature_importances_')
    selector.get('importance_getter').unknown("'auto', 'coef_' or 'feature_importances_'");
  if (estimator.has('coef_') && getter !== 'feature_importances_') return normsOf(estimator.get('coef_'), norm);
  if (estimator.has('tree_')) return importancesOfTree(estimator, widthOf(estimator), true);
  if (/^(RandomForest|ExtraTrees)/.test(kind)) return importancesOfForest(estimator);
  if (kind.startsWith('GradientBoosting')) return importancesOfForest(estimator);
  return selector.get('estimator').unknown('an estimator with coef_ or with trees');
}

const widthOf = (estimator: Attributes): number => estimator.get('n_features_in_').integer(1);

/** Of several rows, the norm of each column. */
function normsOf(coef: Value, order: number): Float64Array {
  const { values, shape } = coef.numbers();
  if (shape.length === 1) return values.map(Math.abs);
  const [rows, width] = [coef.matrix().rows, coef.matrix().width];
  const norms = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const column = Array.from({ length: rows }, (_, i) => Math.abs(values[i * width + j]!));
    norms[j] = normOf(column, order);
  }
  return norms;
}

function normOf(values: readonly number[], order: number): number {
  if (order === Number.POSITIVE_INFINITY) return Math.max(...values);
  if (order === Number.NEGATIVE_INFINITY) return Math.min(...values);
  if (order === 0) return values.filter((value) => value !== 0).length;
  if (order === 1) return values.reduce((sum, value) => sum + value, 0);
  if (order === 2) return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.reduce((sum, value) => sum + value ** order, 0) ** (1 / order);
}

function importancesOfTree(estimator: Attributes, width: number, normalised: boolean): Float64Array {
  const classes = [...new Attributes(estimator.get('tree_')).argument(1).vector()];
  const targets = classes.some((count) => count > 1) ? { classes } : { numbers: classes.length };
  return featureImportances(readTree(estimator, width, targets), width, normalised);
}

/** The mean over the trees that split; a forest's are normalised each, boosting's only as a whole. */
function importancesOfForest(forest: Attributes): Float64Array {
  const width = widthOf(forest);
  const boosting = forest.kind.startsWith('GradientBoosting');
  const estimators = forest.get('estimators_');
  const trees = (boosting ? estimators.cells().flat() : estimators.items())
    .map((tree) => new Attributes(tree))
    .filter((tree) => new Attributes(tree.get('tree_')).get('node_count').integer() > 1);
  const sum = new Float64Array(width);
  for (const tree of trees)
    for (const [j, value] of importancesOfTree(tree, width, !boosting).entries()) sum[j]! += value;
  for (let j = 0; j < width; j++) sum[j]! /= Math.max(trees.length, 1);
  const whole = sum.reduce((a, b) => a + b, 0);
  return whole === 0 ? sum : sum.map((value) => value / whole);
}

function thresholdOf(given: Value | null, estimator: Attributes, importances: Float64Array): number {
  if (given === null) return isSparse(estimator) ? 1e-5 : mean(importances);
  if (!given.isText) return given.number();
  const text = given.text();
  const [first, second] = text.split('*').map((word) => word.trim());
  const scale = second === undefined ? 1 : Number(first);
  const reference = second ?? first;
  if (Number.isNaN(scale)) return given.unknown('a factor and mean or median');
  if (reference === 'mean') return scale * mean(importances);
  if (reference === 'median') return scale * median(importances.slice().sort());
  return given.unknown("'mean' or 'median'");
}

/** Whether its penalty makes coefficients zero; then the threshold is next to zero. */
function isSparse(estimator: Attributes): boolean {
  const { kind } = estimator;
  if (kind.includes('Lasso') || estimator.maybe('penalty')?.saved === 'l1') return true;
  const nearOne = (value: number) => Math.abs(value - 1) <= 1e-8 + 1e-5;
  if (kind === 'ElasticNet' || kind === 'LogisticRegression') {
    const ratio = estimator.maybe('l1_ratio');
    return ratio !== null && !ratio.isText && nearOne(ratio.number());
  }
  if (kind === 'ElasticNetCV' || kind === 'LogisticRegressionCV') {
    const ratios = estimator.maybe('l1_ratio_');
    return ratios?.numbers().values.every(nearOne) ?? false;
  }
  return false;
}

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
