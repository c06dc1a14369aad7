// Turns what Python saved of a QuadraticDiscriminantAnalysis into its value.
import type { QuadraticDiscriminantAnalysis } from '../../estimators/discriminant-analysis/quadratic-discriminant-analysis.js';
import type { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

export function readQuadraticDiscriminantAnalysis(attributes: Attributes): QuadraticDiscriminantAnalysis {
  const classes = attributes.get('classes_').labels();
  const count = classes.values.length;
  const means = attributes.get('means_').matrix(undefined, count);
  const each = (value: Value): Value[] => {
    const items = value.items();
    return items.length === count ? items : value.fail(`one for each of ${count} classes`);
  };
  const scalings = each(attributes.get('scalings_')).map((value) => value.vector());
  const rotations = each(attributes.get('rotations_')).map(
    (value, k) => value.matrix(scalings[k]!.length, means.width).values,
  );
  return {
    ...attributes.fitted('QuadraticDiscriminantAnalysis', means.width),
    classes_: classes,
    priors_: attributes.get('priors_').vector(count),
    means_: means.values,
    rotations_: rotations,
    scalings_: scalings,
    log_of_probability: attributes.isBefore(1, 6),
  };
}
