// The parameters that scikit-learn's trees share, in its order and with its defaults.
import { rule, rules } from '../rules.js';

const isFraction = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < 1;
const isWhole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && (value as number) >= least;

const wholeOrNull = (least: number) =>
  rule<number | null>(
    `null or a whole number, ${least} or more`,
    (value) => value === null || isWhole(value, least),
  ).default(null);

/** Whole: that many rows; below 1: that share of them. */
const rowsOrShare = (least: number) =>
  rule<number>(
    `a whole number, ${least} or more, or a fraction of the rows between 0 and 1`,
    (value) => isWhole(value, least) || isFraction(value),
  ).default(least);

const notNegative = rules.float('a number, 0 or more', (value) => Number.isFinite(value) && value >= 0).default(0);

export const treeParams = {
  splitter: rules.oneOf('best', 'random').default('best'),
  max_depth: wholeOrNull(1),
  min_samples_split: rowsOrShare(2),
  min_samples_leaf: rowsOrShare(1),
  min_weight_fraction_leaf: rules.float('a number from 0 to 0.5', (value) => value >= 0 && value <= 0.5).default(0),
  max_features: rule<number | 'sqrt' | 'log2' | null>(
    'null for all features, sqrt, log2, a whole number of 2 or more, or a fraction of the features between 0 and 1 (YAML reads 1.0 as 1, so 1 could mean one feature or all of them)',
    (value) => value === null || value === 'sqrt' || value === 'log2' || isWhole(value, 2) || isFraction(value),
  ).default(null),
  random_state: rules.seedOrFixed,
  max_leaf_nodes: wholeOrNull(2),
  min_impurity_decrease: notNegative,
} as const;

/** These come after the parameters that only a classifier has. */
export const pruningParams = { ccp_alpha: notNegative } as const;
