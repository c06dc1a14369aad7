// Turns a classifier that Python saved into its classes, wherever it keeps them.
import type { AnyLabels } from '../estimators/fitted.js';
import { Attributes } from './attributes.js';
import type { Value } from './value.js';

const INNER = ['best_estimator_', 'estimator_', 'estimator'];

/** One that hands everything to a part has the classes of that part, a pipeline those of its last step. */
export function classesOf(classifier: Attributes): AnyLabels {
  for (let at = classifier, depth = 0; depth < 60; depth++) {
    if (at.has('classes_')) return at.get('classes_').labels();
    if (at.has('label_binarizer_')) at = new Attributes(at.get('label_binarizer_'));
    else if (at.has('_label_binarizer')) at = new Attributes(at.get('_label_binarizer'));
    else if (at.has('_le')) at = new Attributes(at.get('_le'));
    else if (at.maybe('n_classes_')) return counted(at.get('n_classes_').integer(1));
    else at = new Attributes(innerOf(at));
  }
  return classifier.get('classes_').labels();
}

function innerOf(attributes: Attributes): Value {
  const name = INNER.find((one) => attributes.maybe(one)?.isObject);
  if (name !== undefined) return attributes.get(name);
  return attributes.maybe('steps')?.items().at(-1)?.items()[1] ?? attributes.get('classes_');
}

/** XGBoost counts its classes from 0. */
function counted(count: number): AnyLabels {
  return { type: 'long', values: Array.from({ length: Math.min(count, 100_000) }, (_, k) => BigInt(k)) };
}
