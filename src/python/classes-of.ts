// Turns what Python saved of a classifier into the labels of its classes, also where a part of it knows them.
import type { AnyLabels } from '../estimators/fitted.js';
import { Attributes } from './attributes.js';
import { isSaved } from './is-saved.js';
import type { Value } from './value.js';

/** Where estimators that hand everything to a part keep it, as their property `classes_` looks for it. */
const INNER = ['label_binarizer_', '_label_binarizer', '_le', 'best_estimator_', 'estimator_', 'estimator'];

/** XGBoost counts its classes, from 0 on. */
const MOST_COUNTED = 100_000;

/** Null if it has no classes of one target. */
export function classesOf(value: Value, depth = 0): AnyLabels | null {
  if (!isSaved(value.saved, 'object') || depth > 60) return null;
  const attributes = new Attributes(value);
  const known = attributes.maybe('classes_');
  if (known) return known.labels();
  const count = attributes.maybe('n_classes_');
  if (count && !count.isList) {
    const length = Math.min(count.integer(0), MOST_COUNTED);
    return { type: 'long', values: Array.from({ length }, (_, k) => BigInt(k)) };
  }
  const last = attributes.maybe('steps')?.items().at(-1)?.items().at(-1);
  if (last) return classesOf(last, depth + 1);
  const inner = INNER.map((name) => attributes.maybe(name)).find((part) => part !== null);
  return inner ? classesOf(inner, depth + 1) : null;
}
