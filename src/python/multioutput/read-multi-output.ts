// Turns what Python saved of an estimator of several targets into its value.
import type { Chain } from '../../estimators/multioutput/chain.js';
import type { MultiOutput } from '../../estimators/multioutput/multi-output.js';
import type { Attributes } from '../attributes.js';
import { readParts } from '../read-parts.js';
import type { ReadPart } from '../reader.js';

export function readMultiOutput<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  read: ReadPart,
): MultiOutput<Kind> {
  return { ...attributes.fitted(kind), estimators_: readParts(attributes.get('estimators_'), read) };
}

/** Before version 1.5 a chain always handed on what it predicts. */
export function readChain<Kind extends string>(kind: Kind, attributes: Attributes, read: ReadPart): Chain<Kind> {
  const estimators_ = readParts(attributes.get('estimators_'), read);
  const count = estimators_.length;
  const order_ = attributes.get('order_').places(count, count);
  if (new Set(order_).size !== count) attributes.get('order_').fail(`each of ${count} targets once`);
  const method = attributes.maybe('chain_method_');
  return {
    ...attributes.fitted(kind),
    estimators_,
    order_,
    chain_method_: method?.choice('predict', 'predict_proba', 'predict_log_proba', 'decision_function') ?? 'predict',
  };
}
