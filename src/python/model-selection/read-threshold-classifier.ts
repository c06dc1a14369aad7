// Turns what Python saved of a classifier with a threshold of its own into its value.
import type { ThresholdClassifier } from '../../estimators/model-selection/threshold-classifier.js';
import { Attributes } from '../attributes.js';
import { classesOf } from '../classes-of.js';
import { isSaved } from '../is-saved.js';
import type { ReadPart } from '../reader.js';
import { Value } from '../value.js';

export function readThresholdClassifier<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  read: ReadPart,
): ThresholdClassifier<Kind> {
  const inner = attributes.maybe('estimator_') ?? attributes.get('estimator');
  const estimator_ = read(inner);
  const classes_ = classesOf(inner) ?? inner.fail('a classifier');
  if (classes_.values.length !== 2) attributes.get('estimator').fail('a classifier of two classes');
  const fixed = attributes.maybe('threshold');
  const threshold = attributes.maybe('best_threshold_')?.number() ?? (fixed?.isText ? null : (fixed?.number() ?? null));
  if (fixed?.isText) fixed.choice('auto');
  return {
    kind,
    featuresIn: estimator_.featuresIn,
    dtype: estimator_.dtype,
    estimator_,
    classes_,
    response_method: attributes.get('response_method').choice('auto', 'predict_proba', 'decision_function'),
    threshold,
    positive: positiveOf(attributes, classes_.values),
  };
}

/** These scores take 1 as the label that counts, unless they are told of another. */
const ONE_COUNTS = new Set([
  'average_precision_score',
  'brier_score_loss',
  'class_likelihood_ratios',
  'f1_score',
  'fbeta_score',
  'jaccard_score',
  'precision_score',
  'recall_score',
]);

/** `pos_label`, of a tuned one that of its scorer; the second class if there is none. */
function positiveOf(attributes: Attributes, labels: readonly unknown[]): 0 | 1 {
  const scorer = attributes.maybe('_curve_scorer');
  const given = scorer ? labelOfScorer(new Attributes(scorer)) : attributes.maybe('pos_label');
  if (!given || given.isNone) return 1;
  const wanted = given.isText ? given.text() : typeof given.saved === 'boolean' ? given.saved : given.number();
  const place = labels.findIndex((label) => (typeof label === 'bigint' ? Number(label) : label) === wanted);
  return place === 0 || place === 1 ? place : given.fail('one of the two classes');
}

function labelOfScorer(scorer: Attributes): Value | null {
  const given = scorer
    .maybe('_kwargs')
    ?.entries()
    .find(([key]) => key.saved === 'pos_label');
  if (given) return given[1];
  const score = scorer.maybe('_score_func');
  const name = score && isSaved(score.saved, 'name') ? score.saved.name : '';
  return ONE_COUNTS.has(name) ? new Value(1n, 'pos_label') : null;
}
