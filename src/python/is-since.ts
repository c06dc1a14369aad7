// Turns the version of scikit-learn that wrote an estimator into whether it is a given one or newer.
import type { Attributes } from './attributes.js';

/** True if the file does not say its version. */
export function isSince(attributes: Attributes, major: number, minor: number): boolean {
  const found = /^(\d+)\.(\d+)/.exec(attributes.maybe('_sklearn_version')?.text() ?? '');
  if (!found) return true;
  return Number(found[1]) === major ? Number(found[2]) >= minor : Number(found[1]) > major;
}
