// Turns numpy's own functions that put arrays, scalars and dtypes together again into values.
import { decodeArray } from '../../numpy/decode-array.js';
import type { Saved, SavedArray } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Machine } from '../machine.js';
import type { Calls } from './calls.js';
import { dtypeOf } from './dtype-of.js';
import { lengthsOf } from './lengths-of.js';

/** numpy 2 renamed its module `core` to `_core`. */
export const NUMPY_CALLS: Calls = {
  'numpy.dtype': (_machine, args) => ({ type: 'object', module: 'numpy', name: 'dtype', args, state: null }),
  'numpy._core.multiarray._reconstruct': unfilledArray,
  'numpy.core.multiarray._reconstruct': unfilledArray,
  'numpy._core.multiarray.scalar': scalar,
  'numpy.core.multiarray.scalar': scalar,
  'numpy._core.numeric._frombuffer': arrayOfBuffer,
  'numpy.core.numeric._frombuffer': arrayOfBuffer,
  'numpy.ma.core._mareconstruct': (_machine, args) => ({
    type: 'object',
    module: 'numpy.ma',
    name: 'MaskedArray',
    args,
    state: null,
  }),
};

/** An array without elements; BUILD brings them. */
function unfilledArray(machine: Machine, args: readonly Saved[]): Saved {
  const type = expectKind(machine, args[0], 'name', 'the class of an array');
  if (type.module !== 'numpy' || type.name !== 'ndarray')
    throw machine.unsupported(`an array of the class ${type.module}.${type.name}`, 'numpy.ndarray');
  const array: SavedArray = {
    type: 'array',
    dtype: { kind: 'i', size: 1 },
    shape: [0],
    values: new Int8Array(0),
    fields: null,
  };
  machine.unfilled.add(array);
  return array;
}

function scalar(machine: Machine, args: readonly Saved[]): Saved {
  const dtype = dtypeOf(machine, args[0]);
  const bytes = expectKind(machine, args[1], 'bytes', 'the bytes of a scalar');
  machine.spendBytes(bytes.length);
  return decodeArray(dtype, [], 'C', bytes, machine.where);
}

/** Protocol 5: bytes, dtype, shape, order. */
function arrayOfBuffer(machine: Machine, args: readonly Saved[]): Saved {
  const bytes = expectKind(machine, args[0], 'bytes', 'the bytes of an array');
  const dtype = dtypeOf(machine, args[1]);
  const order = expectKind(machine, args[3], 'str', 'the order of an array');
  if (order !== 'C' && order !== 'F') throw machine.malformed(`the order ${order}`, 'the order C or F');
  machine.spendBytes(bytes.length);
  return decodeArray(dtype, lengthsOf(machine, args[2]), order, bytes, machine.where);
}
