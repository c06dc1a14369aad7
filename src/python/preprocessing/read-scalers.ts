// Turns what Python saved of scalers of columns or rows, and of what bins them by a threshold, into their values.
import type { Binarizer } from '../../estimators/preprocessing/binarizer.js';
import type { MaxAbsScaler } from '../../estimators/preprocessing/max-abs-scaler.js';
import type { Normalizer } from '../../estimators/preprocessing/normalizer.js';
import type { RobustScaler } from '../../estimators/preprocessing/robust-scaler.js';
import type { Attributes } from '../attributes.js';

export function readMaxAbsScaler(attributes: Attributes): MaxAbsScaler {
  const width = attributes.get('n_features_in_').integer(1);
  return {
    ...attributes.fitted('MaxAbsScaler', width),
    scale_: attributes.get('scale_').vector(width),
    clip: attributes.maybe('clip')?.flag() ?? false,
  };
}

export function readRobustScaler(attributes: Attributes): RobustScaler {
  const width = attributes.get('n_features_in_').integer(1);
  const learned = (name: string, done: string) =>
    attributes.get(done).flag() ? attributes.get(name).vector(width) : null;
  return {
    ...attributes.fitted('RobustScaler', width),
    center_: learned('center_', 'with_centering'),
    scale_: learned('scale_', 'with_scaling'),
  };
}

/** Before scikit-learn 1.0 it was not fitted, so it may not know its columns; the same holds for Binarizer. */
export function readNormalizer(attributes: Attributes): Normalizer {
  return { ...attributes.fitted('Normalizer'), norm: attributes.get('norm').choice('l1', 'l2', 'max') };
}

export function readBinarizer(attributes: Attributes): Binarizer {
  return { ...attributes.fitted('Binarizer'), threshold: attributes.get('threshold').number() };
}
