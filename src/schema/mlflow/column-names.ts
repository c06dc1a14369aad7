// The names by which MLflow looks up columns: the name, or its position if the name is empty or absent (`x.name or i`).

import type { ColumnSpec, Schema, TensorSpec } from '../types.js';
import { truthOf } from './numpy/numpy-set.js';
import { fromJson, type PyValue } from './python/python-value.js';

type Spec = ColumnSpec | TensorSpec;

export function specsOf(schema: Schema): readonly Spec[] {
  return schema.kind === 'columns' ? schema.columns : schema.tensors;
}

/** The label as Python holds it: text, or whatever the JSON gave; null if unnamed. */
function labelOf(spec: Spec): PyValue {
  if (spec.rawName !== undefined) return fromJson(spec.rawName);
  return spec.name ?? null;
}

export function inputNames(schema: Schema): PyValue[] {
  return specsOf(schema).map((spec, i) => {
    const label = labelOf(spec);
    return truthOf(label) ? label : BigInt(i);
  });
}

export function hasInputNames(schema: Schema): boolean {
  const [first] = specsOf(schema);
  return first !== undefined && labelOf(first) !== null;
}

export function isRequired(spec: Spec): boolean {
  return 'dtype' in spec || spec.required;
}

/** Python's equality of dict keys: 1 == 1.0 == True. */
export function keyOf(value: PyValue): PyValue {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return value;
}

/** By label: the last of repeated ones wins. */
export function inputDict<S extends Spec>(specs: readonly S[]): Map<PyValue, S> {
  return new Map(specs.map((spec) => [keyOf(labelOf(spec)), spec]));
}
