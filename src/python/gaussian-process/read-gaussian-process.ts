// Turns what Python saved of the Gaussian processes into their values.
import type {
  BinaryGaussianProcess,
  GaussianProcessClassifier,
} from '../../estimators/gaussian-process/gaussian-process-classifier.js';
import type { GaussianProcessRegressor } from '../../estimators/gaussian-process/gaussian-process-regressor.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import { readKernelTree } from './read-kernel-tree.js';

export function readGaussianProcessRegressor(attributes: Attributes): GaussianProcessRegressor {
  const X_train_ = attributes.get('X_train_').matrix();
  const alpha = attributes.get('alpha_');
  const { values, shape } = alpha.numbers();
  if (shape.length > 2 || shape[0] !== X_train_.rows) alpha.fail(`coefficients of ${X_train_.rows} training points`);
  const targets = shape[1] ?? 1;
  const each = (name: string): Float64Array => {
    const found = attributes.get(name).numbers().values;
    if (found.length === targets) return found;
    return found.length === 1
      ? new Float64Array(targets).fill(found[0]!)
      : attributes.get(name).fail(`${targets} numbers`);
  };
  return {
    ...attributes.fitted('GaussianProcessRegressor', X_train_.width),
    kernel_: readKernelTree(attributes.get('kernel_'), X_train_.width),
    X_train_,
    alpha_: values,
    _y_train_mean: each('_y_train_mean'),
    // before scikit-learn 0.23 targets were only centred
    _y_train_std: attributes.has('_y_train_std') ? each('_y_train_std') : new Float64Array(targets).fill(1),
    targets: targets === 1 ? null : targets,
  };
}

export function readBinaryGaussianProcess(attributes: Attributes): BinaryGaussianProcess {
  const X_train_ = attributes.get('X_train_').matrix();
  const { rows, width } = X_train_;
  const classes_ = attributes.get('classes_').labels();
  if (classes_.values.length !== 2) attributes.get('classes_').fail('two classes');
  const chance = attributes.get('pi_').vector(rows);
  return {
    ...attributes.fitted('_BinaryGaussianProcessClassifierLaplace', width),
    classes_,
    kernel_: readKernelTree(attributes.get('kernel_'), width),
    X_train_,
    residuals: attributes
      .get('y_train_')
      .vector(rows)
      .map((value, i) => value - chance[i]!),
    W_sr_: attributes.get('W_sr_').vector(rows),
    L_: attributes.get('L_').matrix(rows, rows).values,
  };
}

export function readGaussianProcessClassifier(attributes: Attributes, read: ReadPart): GaussianProcessClassifier {
  const base_estimator_ = read(attributes.get('base_estimator_'));
  return {
    ...attributes.fitted('GaussianProcessClassifier'),
    base_estimator_,
    pairs:
      attributes.get('n_classes_').integer(2) > 2 &&
      attributes.get('multi_class').choice('one_vs_rest', 'one_vs_one') === 'one_vs_one',
  };
}
