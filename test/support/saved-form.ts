// Turns a value of a file of Python into the form that fixtures/python/describe.py gives of Python's own object.
import { createHash } from 'node:crypto';
import type { ArrayValues, Saved, SavedArray } from '../../src/python/saved.js';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Classes whose attributes scikit-learn does not show again once they are loaded. */
const OPAQUE = /^sklearn\.(?:_loss\._loss|linear_model\._sgd_fast)\./;

export function savedForm(value: Saved): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return { float: Number.isNaN(value) ? 'nan' : hex(bytes) };
  }
  if (typeof value === 'string') return { str: value };
  if (value instanceof Uint8Array) return { bytes: hex(value) };
  switch (value.type) {
    case 'dict':
      return { dict: value.entries.map(([key, item]) => [savedForm(key), savedForm(item)]) };
    case 'array':
      return describeArray(value);
    case 'name':
      return { name: `${value.module}.${value.name}` };
    case 'object': {
      const name = `${value.module}.${value.name}`;
      if (OPAQUE.test(name)) return { object: name };
      return { object: name, args: value.args.map(savedForm), state: savedForm(value.state) };
    }
    default: {
      const items = value.items.map(savedForm);
      return { [value.type]: value.type === 'set' ? items.map((item) => JSON.stringify(item)).sort() : items };
    }
  }
}

function describeArray({ dtype, shape, values, fields }: SavedArray): unknown {
  const head = { array: dtype.kind, size: dtype.size, shape };
  if (fields !== null) return { ...head, fields: [...fields].map(([name, field]) => [name, describeArray(field)]) };
  return { ...head, values: describeValues(values as ArrayValues) };
}

function describeValues(values: ArrayValues): unknown {
  if (ArrayBuffer.isView(values)) return sha(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return values.map((value: Saved) => savedForm(value));
}
