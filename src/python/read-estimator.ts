// Turns what a file of Python holds into the value of an estimator, by the exact names of its classes.
import type { Part } from '../estimators/fitted.js';
import { Attributes } from './attributes.js';
import type { ReaderRow } from './reader.js';
import { READERS } from './readers.js';
import { hostile, unsupported } from './refuse.js';
import { refuseExpansion } from './refuse-expansion.js';
import type { Saved } from './saved.js';
import { Value } from './value.js';

/** Estimators inside estimators; Python itself stops at a thousand. */
const DEEPEST = 60;

const BY_NAME: ReadonlyMap<string, ReaderRow> = new Map(
  Object.entries(READERS).flatMap(([kind, row]: [string, ReaderRow | 'unsupported']) =>
    row === 'unsupported' ? [] : row.modules.map((module) => [`${module}.${kind}`, row] as const),
  ),
);

/** Whether this is a class that `readEstimator` can make a value of. */
export const isEstimator = (module: string, name: string): boolean => BY_NAME.has(`${module}.${name}`);

/** Throws MODEL_UNSUPPORTED for a class or a parameter that mlctl does not know, MODEL_MALFORMED for values that do not fit together. */
export function readEstimator(saved: Saved): Part {
  refuseExpansion(saved);
  return readPart(new Value(saved, ''), []);
}

function readPart(value: Value, around: readonly Saved[]): Part {
  const attributes = new Attributes(value);
  const { module, name } = attributes.object;
  const row = BY_NAME.get(`${module}.${name}`);
  if (!row) throw unsupported(value.where, `${module}.${name}`, 'a class of a library that mlctl knows');
  if (around.length > DEEPEST) throw hostile(value.where, 'an estimator', `estimators at most ${DEEPEST} deep`);
  if (around.includes(value.saved)) throw hostile(value.where, 'an estimator inside itself', 'another estimator');
  return row.read(attributes, (part) => readPart(part, [...around, value.saved]));
}
