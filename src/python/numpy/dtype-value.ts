// Turns a dtype into the value that stands for it where a file holds a dtype and not an array: an object of numpy.dtype.
import type { Saved, SavedObject } from '../saved.js';
import { type DType, dtypeText } from './dtype.js';

/** `args` has one text such as `<f8`, or for records the list of their fields: `(name, dtype, shape)`. */
export function dtypeValue(dtype: DType): SavedObject {
  const args: Saved[] = [dtype.fields === null ? dtypeText(dtype) : { type: 'list', items: fieldValues(dtype) }];
  return { type: 'object', module: 'numpy', name: 'dtype', args, state: null };
}

function fieldValues(dtype: DType): Saved[] {
  return (dtype.fields ?? []).map((field) => ({
    type: 'tuple',
    items: [field.name, dtypeValue(field.dtype), { type: 'tuple', items: field.shape.map(BigInt) }],
  }));
}
