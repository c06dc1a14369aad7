// Turns labels into their places among others, as Python compares them: 1, 1.0 and True are equal.
import type { AnyLabels, Label } from './fitted.js';

/** −1 for a label that is not among `all`. */
export function labelPlaces(labels: AnyLabels, all: AnyLabels): Int32Array {
  const keyOf = (label: Label) => (typeof label === 'string' ? label : Number(label));
  const places = new Map(Array.from<Label, [string | number, number]>(all.values, (label, k) => [keyOf(label), k]));
  return Int32Array.from(labels.values as ArrayLike<unknown>, (label) => places.get(keyOf(label as Label)) ?? -1);
}

/** The classes as the numbers that a LabelEncoder makes of them. */
export const encodedClasses = ({ values }: AnyLabels): AnyLabels => ({
  type: 'long',
  values: Array.from({ length: values.length }, (_, k) => BigInt(k)),
});
