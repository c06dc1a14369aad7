// Turns what Python saved of a support vector machine of one function into its value.
import type { OneClassSvm, SupportVectorFunction } from '../../estimators/svm/svr.js';
import type { Attributes } from '../attributes.js';
import { readDualCoefficients, readKernel, readSupportVectors } from './read-support-vectors.js';

export function readSvr<Kind extends string>(kind: Kind, attributes: Attributes): SupportVectorFunction<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const kernel = readKernel(attributes);
  const support = readSupportVectors(attributes, kernel, width);
  return {
    ...attributes.fitted(kind, width),
    ...kernel,
    support_vectors_: support,
    dual_coef_: readDualCoefficients(attributes, 1, support.count),
    intercept_: attributes.get('_intercept_').number(),
  };
}

export function readOneClassSvm(attributes: Attributes): OneClassSvm {
  return { ...readSvr('OneClassSVM', attributes), offset_: attributes.get('offset_').number() };
}
