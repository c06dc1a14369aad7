// Turns what Python saved of the classes of sklearn.cross_decomposition into their values.
import type {
  PartialLeastSquares,
  PLSSVD,
  SharedDirections,
} from '../../estimators/cross-decomposition/partial-least-squares.js';
import { transposed } from '../../estimators/linear-algebra/product.js';
import type { Attributes } from '../attributes.js';

export function readPLSSVD(attributes: Attributes): PLSSVD {
  return readDirections('PLSSVD', attributes, 'x_weights_');
}

/** The coefficients were features × targets until scikit-learn 1.2, and did not hold the spread of the features until 1.4. */
export function readPartialLeastSquares<Kind extends 'CCA' | 'PLSCanonical' | 'PLSRegression'>(
  kind: Kind,
  attributes: Attributes,
): PartialLeastSquares<Kind> {
  const directions = readDirections(kind, attributes, 'x_rotations_');
  const width = directions._x_mean.length;
  const old = attributes.has('_coef_') || attributes.isBefore(1, 1);
  const coef = attributes.get(attributes.has('_coef_') ? '_coef_' : 'coef_');
  const matrix = old ? coef.matrix(undefined, width) : coef.matrix(width);
  const targets = old ? matrix.width : matrix.rows;
  return {
    ...directions,
    coef: old ? matrix.values : transposed(matrix.values, targets, width),
    intercept_: attributes.get(attributes.has('intercept_') ? 'intercept_' : '_y_mean').vector(targets),
    scaled: attributes.isBefore(1, 5),
    _predict_1d: attributes.maybe('_predict_1d')?.flag() ?? false,
  };
}

function readDirections<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  rotations: string,
): SharedDirections<Kind> {
  const _x_mean = attributes.get('_x_mean').vector();
  const width = _x_mean.length;
  return {
    ...attributes.fitted(kind, width),
    _x_mean,
    _x_std: attributes.get('_x_std').vector(width),
    x_rotations_: attributes.get(rotations).matrix(undefined, width).values,
  };
}
