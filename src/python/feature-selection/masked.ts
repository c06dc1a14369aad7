// Turns a mask of columns into the value of a selector: the positions of the columns that it keeps.
import type { FeatureMask } from '../../estimators/feature-selection/feature-mask.js';
import type { Attributes } from '../attributes.js';

export function masked<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  mask: readonly boolean[],
  allow_nan: boolean,
): FeatureMask<Kind> {
  const support = Int32Array.from([...mask.keys()].filter((j) => mask[j]));
  return { ...attributes.fitted(kind, mask.length), support, allow_nan };
}
