// Turns what Python saved of a classifier or regressor of neighbours into its value.
import type { AnyLabels, Label } from '../../estimators/fitted.js';
import type {
  KNeighborsClassifier,
  OutlierLabel,
  RadiusNeighborsClassifier,
} from '../../estimators/neighbors/neighbours-classifier.js';
import type { KNeighborsRegressor, RadiusNeighborsRegressor } from '../../estimators/neighbors/neighbours-regressor.js';
import type { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import type { Value } from '../value.js';
import { readNeighbourIndex } from './read-neighbour-index.js';
import { readWeights } from './read-weights.js';

export function readKNeighborsRegressor(attributes: Attributes): KNeighborsRegressor {
  const { width, ...index } = readNeighbourIndex(attributes);
  return {
    ...attributes.fitted('KNeighborsRegressor', width),
    index,
    weights: readWeights(attributes),
    ...readTargets(attributes.get('_y'), index.n_samples_fit_),
    n_neighbors: attributes.get('n_neighbors').integer(1),
  };
}

export function readRadiusNeighborsRegressor(attributes: Attributes): RadiusNeighborsRegressor {
  const { width, ...index } = readNeighbourIndex(attributes);
  const { saved } = attributes.get('_y');
  const whole = isSaved(saved, 'array') && saved.dtype.kind === 'i';
  return {
    ...attributes.fitted('RadiusNeighborsRegressor', width),
    index,
    weights: readWeights(attributes),
    ...readTargets(attributes.get('_y'), index.n_samples_fit_),
    radius: attributes.get('radius').number(),
    empty: whole ? -(2 ** 63) : Number.NaN,
  };
}

function readTargets(y: Value, rows: number): { _y: Float64Array; targets: number | null } {
  const { values, shape } = y.numbers();
  if (shape.length > 2 || shape[0] !== rows) y.fail(`targets of ${rows} training points`);
  return { _y: values, targets: shape[1] ?? null };
}

export function readKNeighborsClassifier(attributes: Attributes): KNeighborsClassifier {
  const { width, ...index } = readNeighbourIndex(attributes);
  return {
    ...attributes.fitted('KNeighborsClassifier', width),
    index,
    weights: readWeights(attributes),
    ...readClasses(attributes, index.n_samples_fit_),
    n_neighbors: attributes.get('n_neighbors').integer(1),
  };
}

export function readRadiusNeighborsClassifier(attributes: Attributes): RadiusNeighborsClassifier {
  const { width, ...index } = readNeighbourIndex(attributes);
  const classes = readClasses(attributes, index.n_samples_fit_);
  const weights = readWeights(attributes);
  return {
    ...attributes.fitted('RadiusNeighborsClassifier', width),
    index,
    weights,
    ...classes,
    radius: attributes.get('radius').number(),
    outliers: readOutliers(attributes, classes.outputs, weights === 'uniform' && !classes.outputs_2d_),
  };
}

function readClasses(
  attributes: Attributes,
  rows: number,
): Pick<KNeighborsClassifier, 'outputs' | 'outputs_2d_' | '_y'> {
  const outputs_2d_ = attributes.get('outputs_2d_').flag();
  const classes = attributes.get('classes_');
  const outputs = outputs_2d_ ? classes.items().map((item) => item.labels()) : [classes.labels()];
  const y = attributes.get('_y');
  const { values, shape } = y.numbers();
  if (outputs.length === 0 || shape[0] !== rows || values.length !== rows * outputs.length)
    y.fail(`classes of ${rows} training points`);
  const codes = Int32Array.from(values);
  for (const [at, code] of codes.entries())
    if (code !== values[at] || code < 0 || code >= outputs[at % outputs.length]!.values.length)
      y.fail('places in the classes', String(values[at]));
  return { outputs, outputs_2d_, _y: codes };
}

/**
 * The metrics for which scikit-learn 1.4 and newer counts classes while it searches, one by one; then it compares the label with
 * the places of the classes.
 */
const COUNTED = [
  ...[
    'braycurtis',
    'canberra',
    'chebyshev',
    'cityblock',
    'haversine',
    'infinity',
    'kulsinski',
    'l1',
    'l2',
    'manhattan',
  ],
  ...['matching', 'minkowski', 'p', 'seuclidean', 'sokalmichener'],
];

function readOutliers(
  attributes: Attributes,
  outputs: readonly AnyLabels[],
  plain: boolean,
): RadiusNeighborsClassifier['outliers'] {
  const given = attributes.maybe('outlier_label_');
  const param = attributes.maybe('outlier_label');
  const metric = attributes.get('metric').saved;
  const euclidean = metric === 'minkowski' && attributes.maybe('p')?.number() === 2;
  const counted =
    plain &&
    attributes.get('_fit_method').saved === 'brute' &&
    COUNTED.includes(String(metric)) &&
    !euclidean &&
    !attributes.isBefore(1, 4);
  if (given === null || (counted && param === null)) return null;
  return given.items().map((value, k): OutlierLabel => {
    const classes = outputs[k] ?? given.fail(`${outputs.length} labels`);
    const label = labelLike(classes, value);
    const place = (classes.values as readonly Label[]).indexOf(label);
    if (!counted) return { label, place };
    const code = typeof label === 'string' || param!.saved === 'most_frequent' ? -1 : Number(label);
    return { label, place: code >= 0 && code < classes.values.length && Number.isInteger(code) ? code : -1 };
  });
}

/** A label of the type of these classes. */
function labelLike({ type }: AnyLabels, value: Value): Label {
  switch (type) {
    case 'long':
      return value.long();
    case 'double':
      return value.number();
    case 'boolean':
      return value.flag();
    case 'string':
      return value.text();
  }
}
