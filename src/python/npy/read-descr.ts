// Turns the `descr` of a .npy header into a dtype: a text, or the list of the fields of a record.
import { isSaved } from '../is-saved.js';
import { ARRAY_LIMITS } from '../limits.js';
import { type DType, type DTypeField, parseDType } from '../numpy/dtype.js';
import { elementsOf } from '../numpy/elements-of.js';
import { recordDType } from '../numpy/record-dtype.js';
import { hostile, malformed } from '../refuse.js';
import type { Saved } from '../saved.js';
import { readShape } from './read-shape.js';

export function readDescr(descr: Saved, where: string, depth = 0): DType {
  if (depth > ARRAY_LIMITS.recordDepth)
    throw hostile(where, 'records inside records', `at most ${ARRAY_LIMITS.recordDepth} levels`);
  if (typeof descr === 'string') return parseDType(descr, where);
  if (!isSaved(descr, 'list'))
    throw malformed(where, 'a descr of another kind', 'the text of a dtype, or a list of fields');
  const fields: DTypeField[] = [];
  let offset = 0;
  for (const item of descr.items) {
    const field = readField(item, offset, where, depth);
    const isPadding = field.name === '' && field.dtype.kind === 'V' && field.dtype.fields === null;
    if (!isPadding) fields.push(field);
    offset += field.dtype.size * elementsOf(field.shape, where);
  }
  return recordDType(fields, offset, where);
}

/** `(name, descr)`, `(name, descr, shape)`, and a title may stand with the name: `((title, name), descr)`. */
function readField(item: Saved, offset: number, where: string, depth: number): DTypeField {
  if (!isSaved(item, 'tuple') || item.items.length < 2 || item.items.length > 3)
    throw malformed(where, 'a field of another form', '(name, dtype) or (name, dtype, shape)');
  const [label, descr, shape] = item.items as [Saved, Saved, Saved | undefined];
  const name = isSaved(label, 'tuple') && label.items.length === 2 ? label.items[1] : label;
  if (typeof name !== 'string') throw malformed(where, 'a field whose name is not a text', 'a name');
  const place = `${where}['${name}']`;
  const dimensions: Saved | undefined = typeof shape === 'bigint' ? { type: 'tuple', items: [shape] } : shape;
  return {
    name,
    dtype: readDescr(descr, place, depth + 1),
    offset,
    shape: dimensions === undefined ? [] : readShape(dimensions, place),
  };
}
