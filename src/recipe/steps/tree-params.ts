// The parameters that scikit-learn's trees share, in its order and with its defaults.
import { orNull, rule } from '../rule.js';
import { rules } from '../rules.js';

const isFraction = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < 1;
const isWhole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && (value as number) >= least;

const whole = (least: number) => ({ type: 'integer', minimum: least });
const FRACTION = { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 };

const wholeOrNull = (least: number) =>
  rule<number | null>(
    `null or a whole number, ${least} or more`,
    (value) => value === null || isWhole(value, least),
    orNull(whole(least)),
  ).default(null);

/** Whole: that many rows; below 1: that share of them. */
const rowsOrShare = (least: number) =>
  rule<number>(
    `a whole number, ${least} or more, or a fraction of the rows between 0 and 1`,
    (value) => isWhole(value, least) || isFraction(value),
    { anyOf: [whole(least), FRACTION] },
  ).default(least);

const maxFeatures = rule<number | 'sqrt' | 'log2' | null>(
  'null for all features, sqrt, log2, a whole number of 2 or more, or a fraction of the features between 0 and 1 (YAML reads 1.0 as 1, so 1 could mean one feature or all of them)',
  (value) => value === null || value === 'sqrt' || value === 'log2' || isWhole(value, 2) || isFraction(value),
  { anyOf: [{ enum: ['sqrt', 'log2'] }, whole(2), FRACTION, { type: 'null' }] },
);

export const treeParams = {
  splitter: rules.oneOf('best', 'random').default('best').describe('Try every threshold, or a random one per feature.'),
  max_depth: wholeOrNull(1).describe('Most questions from the root to a leaf; null: no limit.'),
  min_samples_split: rowsOrShare(2).describe('Rows that a node needs to be split.'),
  min_samples_leaf: rowsOrShare(1).describe('Rows that each leaf needs.'),
  min_weight_fraction_leaf: rules
    .float('a number from 0 to 0.5', (value) => value >= 0 && value <= 0.5, { minimum: 0, maximum: 0.5 })
    .default(0)
    .describe('Share of the total weight that each leaf needs.'),
  max_features: maxFeatures.default(null).describe('Features that each split looks at; null: all.'),
  random_state: rules.seedOrFixed.describe('Seed of the random numbers; null counts as 0.'),
  max_leaf_nodes: wholeOrNull(2).describe('Most leaves, the best splits first; null: no limit.'),
  min_impurity_decrease: rules.notNegative().default(0).describe('How much a split must improve the criterion.'),
} as const;

/** These come after the parameters that only a classifier has. */
export const pruningParams = {
  ccp_alpha: rules.notNegative().default(0).describe('Strength of the pruning after the fit; 0: none.'),
} as const;
