// Turns what Python saved of a PolynomialFeatures into its value.
import type { PolynomialFeatures } from '../../estimators/preprocessing/polynomial-features.js';
import { countProducts } from '../../estimators/preprocessing/products.js';
import type { Attributes } from '../attributes.js';

/** More columns than this are not made from a file that only says a degree. */
const MOST = 2_000_000;
/** Each degree is a round of its own, also where it makes no column. */
const MOST_DEGREES = 1000;

export function readPolynomialFeatures(attributes: Attributes): PolynomialFeatures {
  const width = (attributes.maybe('n_features_in_') ?? attributes.get('n_input_features_')).integer(1);
  const degree = attributes.get('degree');
  // a pair since scikit-learn 1.0
  const [least, most] = degree.isList ? degree.items().map((one) => one.integer(0)) : [0, degree.integer(0)];
  if (least === undefined || most === undefined || least > most)
    return degree.fail('a degree, or the least and the most');
  if (most > MOST_DEGREES) return degree.unknown(`a degree of at most ${MOST_DEGREES}`);
  const features = {
    ...attributes.fitted('PolynomialFeatures', width),
    min_degree: least,
    max_degree: most,
    interaction_only: attributes.get('interaction_only').flag(),
    include_bias: attributes.get('include_bias').flag(),
  };
  return countProducts(features, width, MOST) <= MOST
    ? features
    : degree.unknown(`at most ${MOST} products of columns`);
}
