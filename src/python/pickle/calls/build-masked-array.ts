// Turns the state of a masked array of numpy into its data and its mask, which is what numpy.ma.MaskedArray is called with.
import { decodeArray } from '../../numpy/decode-array.js';
import { parseDType } from '../../numpy/dtype.js';
import type { Saved, SavedArray } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Machine } from '../machine.js';
import { buildArray } from './build-array.js';

/** The state of an array, the bytes of the mask, and what stands for masked elements elsewhere. */
export function buildMaskedArray(machine: Machine, data: SavedArray, state: Saved): [SavedArray, SavedArray] {
  const { items } = expectKind(machine, state, 'tuple', 'the state of a masked array');
  if (items.length !== 7) throw machine.malformed(`a masked array's state of ${items.length} values`, '7 values');
  buildArray(machine, data, { type: 'tuple', items: items.slice(0, 5) });
  const mask = expectKind(machine, items[5], 'bytes', 'a mask');
  machine.spendBytes(mask.length);
  const order = items[3] === true ? 'F' : 'C';
  return [data, decodeArray(parseDType('|b1', machine.where), data.shape, order, mask, machine.where)];
}
