// Turns the nodes of numpy into arrays, and the nodes of dtypes into dtypes.
import { isSaved } from '../../is-saved.js';
import { readNpy, readNpyHeader } from '../../npy/read-npy.js';
import { readShape } from '../../npy/read-shape.js';
import { parseDType } from '../../numpy/dtype.js';
import { dtypeValue } from '../../numpy/dtype-value.js';
import { elementsOf } from '../../numpy/elements-of.js';
import { malformed } from '../../refuse.js';
import type { Saved, SavedArray } from '../../saved.js';
import { fieldOf, listField, objectField, textField } from '../field-of.js';
import type { Loader, LoaderTable, Reading } from '../loader.js';
import { type Place, placeText, stepInto } from '../place.js';
import type { SchemaNode } from '../schema-node.js';
import { SCALARS } from './scalars.js';

const loadArray: Loader = (node, place, reading) => {
  const scalar = node.module === 'numpy' ? SCALARS[node.name] : undefined;
  if (scalar === undefined) reading.checkName(node.module, node.name, place, ['numpy.ndarray']);
  const type = textField(node.fields, 'type', place);
  if (type === 'json') return objectArray(node, place, reading);
  if (type !== 'numpy') throw malformed(placeText(place), `an array of type ${type}`, 'numpy or json');
  const array = reading.decoded(textField(node.fields, 'file', place), place, readNpy);
  if (!isSaved(array, 'array')) throw malformed(placeText(place), 'a file of another kind', 'an array');
  const kind = `${array.dtype.kind}${array.dtype.size}`;
  if (typeof scalar === 'string' && scalar !== kind)
    throw malformed(placeText(place), `elements of ${kind} in a numpy.${node.name}`, scalar);
  return array;
};

const loadMaskedArray: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['numpy.ma.MaskedArray', 'numpy.ma.core.MaskedArray']);
  const content = objectField(node.fields, 'content', place);
  const args = ['data', 'mask'].map((name) => reading.read(fieldOf(content, name), stepInto(place, `.${name}`)));
  return { type: 'object', module: node.module, name: node.name, args, state: null };
};

/** skops writes a dtype as an array of it without elements. */
const loadDType: Loader = (node, place, reading) => {
  const content = objectField(node.fields, 'content', place);
  const array = reading.read(content, place);
  if (!isSaved(array, 'array')) throw malformed(placeText(place), 'a dtype of another kind', 'an array');
  if (array.dtype.kind === 'O') return dtypeValue(parseDType('|O', placeText(place)));
  return reading.decoded(textField(content, 'file', place), place, dtypeOfNpy);
};

function dtypeOfNpy(bytes: Uint8Array, where: string): Saved {
  return dtypeValue(readNpyHeader(bytes, where).dtype);
}

/** Objects are nodes themselves; an array of more than one dimension is lists of lists. */
function objectArray(node: SchemaNode, place: Place, reading: Reading): SavedArray {
  const where = placeText(place);
  const shape = readShape(reading.read(fieldOf(node.fields, 'shape'), stepInto(place, '.shape')), where);
  const items = listField(node.fields, 'content', place);
  if (shape.length === 0) throw malformed(where, 'an array of objects without dimensions', 'one dimension or more');
  const values = items.map((item, at) => reading.read(item, stepInto(place, `[${at}]`)));
  const flat = shape.length === 1 ? values : flatten(values, shape, where);
  if (flat.length !== elementsOf(shape, where))
    throw malformed(where, `${flat.length} objects`, `the ${elementsOf(shape, where)} of the shape`);
  return { type: 'array', dtype: { kind: 'O', size: 8 }, shape, values: flat, fields: null };
}

function flatten(items: readonly Saved[], shape: readonly number[], where: string): Saved[] {
  const [length, ...inner] = shape as [number, ...number[]];
  const isEmpty = items.length === 0 && shape.includes(0);
  if (items.length !== length && !isEmpty) throw malformed(where, `${items.length} rows`, `${length}, as in the shape`);
  if (inner.length === 0) return [...items];
  return items.flatMap((item) => {
    if (!isSaved(item, 'list'))
      throw malformed(where, 'an array of objects that is not lists of lists', 'one list a row');
    return flatten(item.items, inner, where);
  });
}

export const ARRAYS: LoaderTable = {
  NdArrayNode: loadArray,
  MaskedArrayNode: loadMaskedArray,
  DTypeNode: loadDType,
};
