// Turns the version of scikit-learn that saved an estimator into whether it is older than another.
import type { Attributes } from './attributes.js';

/** Every estimator keeps it in its state. One without it counts as new. */
export function isBefore(attributes: Attributes, major: number, minor: number): boolean {
  const [, foundMajor, foundMinor] =
    /^(\d{1,3})\.(\d{1,3})/.exec(attributes.maybe('_sklearn_version')?.text() ?? '') ?? [];
  if (foundMajor === undefined) return false;
  return Number(foundMajor) < major || (Number(foundMajor) === major && Number(foundMinor) < minor);
}
