// Turns numpy's own functions that put arrays, scalars and dtypes together again into values.
import { decodeArray } from '../../numpy/decode-array.js';
import type { Saved, SavedArray, SavedObject } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Call, Machine } from '../machine.js';
import { buildArray } from './build-array.js';
import { buildDType, dtypeOf } from './build-dtype.js';
import { buildMaskedArray } from './build-masked-array.js';
import { lengthsOf } from './lengths-of.js';

/** numpy 2 renamed its module `core` to `_core`. */
export const NUMPY_CALLS: readonly [string, Call][] = [
  ['numpy.dtype', dtype],
  ['numpy._core.multiarray._reconstruct', array],
  ['numpy.core.multiarray._reconstruct', array],
  ['numpy._core.multiarray.scalar', scalar],
  ['numpy.core.multiarray.scalar', scalar],
  ['numpy._core.numeric._frombuffer', arrayOfBuffer],
  ['numpy.core.numeric._frombuffer', arrayOfBuffer],
  ['numpy.ma.core._mareconstruct', maskedArray],
];

function dtype(machine: Machine, args: readonly Saved[]): Saved {
  const made: SavedObject = { type: 'object', module: 'numpy', name: 'dtype', args, state: null };
  machine.builders.set(made, (state) => buildDType(machine, made, state));
  return made;
}

/** An array without elements; BUILD brings them. */
function array(machine: Machine, args: readonly Saved[]): Saved {
  const type = expectKind(machine, args[0], 'name', 'the class of an array');
  if (type.module !== 'numpy' || type.name !== 'ndarray')
    throw machine.unsupported(`an array of the class ${type.module}.${type.name}`, 'numpy.ndarray');
  const empty = emptyArray();
  machine.builders.set(empty, (state) => buildArray(machine, empty, state));
  return empty;
}

function maskedArray(machine: Machine, [type]: readonly Saved[]): Saved {
  const { module, name } = expectKind(machine, type, 'name', 'the class of a masked array');
  const args: Saved[] = [];
  const made: SavedObject = { type: 'object', module, name, args, state: null };
  machine.builders.set(made, (state) => {
    args.push(...buildMaskedArray(machine, emptyArray(), state));
    return made;
  });
  return made;
}

function emptyArray(): SavedArray {
  return { type: 'array', dtype: { kind: 'i', size: 1 }, shape: [0], values: new Int8Array(0), fields: null };
}

function scalar(machine: Machine, args: readonly Saved[]): Saved {
  const of = dtypeOf(machine, args[0]);
  const bytes = expectKind(machine, args[1], 'bytes', 'the bytes of a scalar');
  machine.spendBytes(bytes.length);
  return decodeArray(of, [], 'C', bytes, machine.where);
}

/** Protocol 5: bytes, dtype, shape, order. */
function arrayOfBuffer(machine: Machine, args: readonly Saved[]): Saved {
  const bytes = expectKind(machine, args[0], 'bytes', 'the bytes of an array');
  const of = dtypeOf(machine, args[1]);
  const order = expectKind(machine, args[3], 'str', 'the order of an array');
  if (order !== 'C' && order !== 'F') throw machine.malformed(`the order ${order}`, 'the order C or F');
  machine.spendBytes(bytes.length);
  return decodeArray(of, lengthsOf(machine, args[2]), order, bytes, machine.where);
}
