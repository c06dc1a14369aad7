// Turns what Python saved of a histogram boosting into its value.
import type {
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from '../../estimators/ensemble/hist-gradient-boosting.js';
import type { KnownCategories } from '../../estimators/ensemble/hist-tree.js';
import { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import type { Value } from '../value.js';
import { readHistTree } from './read-hist-tree.js';

export function readHistGradientBoostingClassifier(
  attributes: Attributes,
  read: ReadPart,
): HistGradientBoostingClassifier {
  attributes.get('loss').choice('log_loss', 'auto', 'binary_crossentropy', 'categorical_crossentropy');
  const classes = attributes.get('classes_').labels();
  return {
    ...attributes.fitted('HistGradientBoostingClassifier'),
    classes_: classes,
    labels: attributes.isBefore(1, 5) ? 'chances' : 'raw',
    ...readBoosting(attributes, read, classes.values.length <= 2 ? 1 : classes.values.length),
  };
}

const LOG_LOSSES = ['poisson', 'gamma'] as const;
const PLAIN_LOSSES = [
  'squared_error',
  'absolute_error',
  'quantile',
  'least_squares',
  'least_absolute_deviation',
] as const;

export function readHistGradientBoostingRegressor(
  attributes: Attributes,
  read: ReadPart,
): HistGradientBoostingRegressor {
  const loss = attributes.get('loss').choice(...LOG_LOSSES, ...PLAIN_LOSSES);
  return {
    ...attributes.fitted('HistGradientBoostingRegressor'),
    link: loss === 'poisson' || loss === 'gamma' ? 'log' : 'identity',
    ...readBoosting(attributes, read, 1),
  };
}

/** `each`: the trees of a stage. */
function readBoosting(attributes: Attributes, read: ReadPart, each: number) {
  const width = attributes.get('n_features_in_').integer(1);
  const categories = readCategories(attributes, width);
  const predictors = attributes.get('_predictors');
  const stages = predictors.items().map((stage) => {
    const trees = stage.items().map((tree) => readHistTree(tree, width, categories));
    return trees.length === each ? trees : stage.fail(`${each} trees`);
  });
  const baseline = attributes.get('_baseline_prediction');
  const { values } = baseline.numbers();
  if (values.length !== each && values.length !== 1) baseline.fail(`${each} numbers`);
  return {
    _predictors: stages,
    _baseline_prediction: values.length === each ? values : new Float64Array(each).fill(values[0]!),
    categories,
    encoder: readEncoder(attributes, read, width),
  };
}

/** From the bin mapper, whose thresholds of a column of categories are the categories. */
function readCategories(attributes: Attributes, width: number): KnownCategories | null {
  const mapper = new Attributes(attributes.get('_bin_mapper'));
  const flags = mapper.maybe('is_categorical_')?.vector(width);
  if (!flags?.some((flag) => flag !== 0)) return null;
  const thresholds = mapper.get('bin_thresholds_').items();
  if (thresholds.length !== width) mapper.get('bin_thresholds_').fail(`an array for each of ${width} columns`);
  const places = Array.from(flags.keys()).filter((j) => flags[j] !== 0);
  const known = new Uint32Array(places.length * 8);
  const knownSet = new Int32Array(width).fill(-1);
  places.forEach((place, set) => {
    knownSet[place] = set;
    for (const category of categoriesOf(thresholds[place]!)) known[set * 8 + (category >> 5)]! |= 1 << (category & 31);
  });
  return { known, knownSet };
}

const categoriesOf = (value: Value): Int32Array => value.places(256);

/** The preprocessor is always the same ColumnTransformer: an OrdinalEncoder of the categories, then the other columns. */
function readEncoder(attributes: Attributes, read: ReadPart, width: number) {
  const preprocessor = attributes.maybe('_preprocessor');
  if (!preprocessor) return null;
  const flags = attributes.get('is_categorical_').vector(width);
  const columns = Array.from({ length: width }, (_, j) => j);
  const [encoder] = new Attributes(preprocessor).get('transformers_').items();
  const [name, part] = encoder?.items() ?? [];
  if (name?.saved !== 'encoder' || !part) return preprocessor.unknown('the preprocessor of a histogram boosting');
  return {
    part: read(part),
    categorical: columns.filter((j) => flags[j] !== 0),
    numerical: columns.filter((j) => flags[j] === 0),
  };
}
