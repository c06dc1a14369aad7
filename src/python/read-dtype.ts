// Turns the parameter `dtype` of an estimator into the precision of what it makes.
import type { Dtype } from '../estimators/fitted.js';
import { isSaved } from './is-saved.js';
import type { Value } from './value.js';

/** Whole numbers of any type are float64 here. */
export function readDtype(value: Value | null): Dtype {
  if (value === null) return 'float64';
  const { saved } = value;
  if (typeof saved === 'string') return saved === 'float32' || saved === 'f4' ? 'float32' : 'float64';
  return isSaved(saved, 'name') && saved.name === 'float32' ? 'float32' : 'float64';
}
