// Turns what Python saved of a classifier that is made of classifiers of two classes into its value.
import type { ConstantPredictor } from '../../estimators/multioutput/constant-predictor.js';
import type { OneVsOneClassifier } from '../../estimators/multioutput/one-vs-one.js';
import type { OneVsRestClassifier } from '../../estimators/multioutput/one-vs-rest.js';
import type { OutputCodeClassifier } from '../../estimators/multioutput/output-code.js';
import { Attributes } from '../attributes.js';
import { readParts } from '../read-parts.js';
import type { ReadPart } from '../reader.js';

export function readOneVsRest(attributes: Attributes, read: ReadPart): OneVsRestClassifier {
  const binarizer = new Attributes(attributes.get('label_binarizer_'));
  const kind = binarizer.get('y_type_').choice('binary', 'multiclass', 'multilabel-indicator');
  const classes_ = binarizer.get('classes_').labels();
  const estimators_ = readParts(attributes.get('estimators_'), read);
  const expected = kind === 'binary' ? 1 : classes_.values.length;
  if (estimators_.length !== expected) attributes.get('estimators_').fail(`${expected} estimators`);
  return {
    ...attributes.fitted('OneVsRestClassifier'),
    estimators_,
    classes_,
    multilabel: kind === 'multilabel-indicator',
  };
}

export function readOneVsOne(attributes: Attributes, read: ReadPart): OneVsOneClassifier {
  const classes_ = attributes.get('classes_').labels();
  const count = classes_.values.length;
  const estimators_ = readParts(attributes.get('estimators_'), read);
  const expected = (count * (count - 1)) / 2;
  if (estimators_.length !== expected) attributes.get('estimators_').fail(`${expected} estimators`);
  const indices = attributes.maybe('pairwise_indices_');
  if (indices) indices.unknown('features, not a precomputed kernel');
  return { ...attributes.fitted('OneVsOneClassifier'), estimators_, classes_ };
}

export function readOutputCode(attributes: Attributes, read: ReadPart): OutputCodeClassifier {
  const classes_ = attributes.get('classes_').labels();
  const estimators_ = readParts(attributes.get('estimators_'), read);
  const codes = attributes.get('code_book_').matrix(estimators_.length, classes_.values.length);
  return { ...attributes.fitted('OutputCodeClassifier'), estimators_, classes_, code_book_: codes.values };
}

export function readConstantPredictor(attributes: Attributes): ConstantPredictor {
  return { ...attributes.fitted('_ConstantPredictor'), y_: attributes.get('y_').number() };
}
