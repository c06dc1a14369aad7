// Turns a list of estimators that another one keeps into their values.
import type { Part } from '../estimators/fitted.js';
import type { ReadPart } from './reader.js';
import type { Value } from './value.js';

export function readParts(value: Value, read: ReadPart): Part[] {
  const parts = value.items().map(read);
  return parts.length > 0 ? parts : value.fail('at least one estimator');
}
