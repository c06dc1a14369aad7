// Turns the state of an array of numpy (version, shape, dtype, order, elements) into the array's values.
import { cOrder } from '../../numpy/c-order.js';
import { decodeArray } from '../../numpy/decode-array.js';
import { elementsOf, shapeText } from '../../numpy/elements-of.js';
import type { Saved, SavedArray } from '../../saved.js';
import { expectKind, kindOf } from '../kinds.js';
import type { Machine } from '../machine.js';
import { dtypeOf } from './build-dtype.js';
import { lengthsOf } from './lengths-of.js';

type Filled = { -readonly [K in keyof SavedArray]: SavedArray[K] };

export function buildArray(machine: Machine, array: SavedArray, state: Saved): SavedArray {
  const { items } = expectKind(machine, state, 'tuple', 'the state of an array');
  if (items.length !== 5) throw machine.malformed(`an array's state of ${items.length} values`, '5 values');
  const shape = lengthsOf(machine, items[1]);
  const order = orderOf(machine, items[3]);
  const filled: Filled = array;
  const dtype = dtypeOf(machine, items[2]);
  const data = items[4];
  if (dtype.kind === 'O') {
    filled.dtype = { kind: 'O', size: dtype.size };
    filled.shape = shape;
    filled.values = objects(machine, shape, order, data);
    return array;
  }
  const bytes = expectKind(machine, data, 'bytes', 'the elements of an array');
  machine.spendBytes(bytes.length);
  Object.assign(filled, decodeArray(dtype, shape, order, bytes, machine.where));
  return array;
}

function orderOf(machine: Machine, isFortran: Saved | undefined): 'C' | 'F' {
  if (typeof isFortran !== 'boolean' && typeof isFortran !== 'bigint')
    throw machine.malformed(`an order of the kind ${kindOf(isFortran)}`, 'the kind bool');
  return isFortran ? 'F' : 'C';
}

/** The elements of an array of objects are values of the pickle. */
function objects(machine: Machine, shape: readonly number[], order: 'C' | 'F', data: Saved | undefined): Saved[] {
  const { items } = expectKind(machine, data, 'list', 'the elements of an array of objects');
  const count = elementsOf(shape, machine.where);
  if (count !== items.length)
    throw machine.malformed(
      `${shapeText(shape)} with ${items.length} objects`,
      'exactly the objects that the shape needs',
    );
  machine.spend(count);
  if (order === 'C') return [...items];
  const places = Uint32Array.from(items, (_, at) => at);
  const ordered = cOrder(new Uint8Array(places.buffer), shape, Uint32Array.BYTES_PER_ELEMENT);
  return Array.from(new Uint32Array(ordered.buffer), (at) => items[at] as Saved);
}
