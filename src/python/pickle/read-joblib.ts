// Turns a file of joblib.dump into plain data: a pickle, perhaps compressed, with the bytes of each array after its description.
import { isSaved } from '../is-saved.js';
import type { ReadLimits } from '../limits.js';
import { decodeArray } from '../numpy/decode-array.js';
import { elementsOf } from '../numpy/elements-of.js';
import type { Saved, SavedDict, SavedObject } from '../saved.js';
import { dtypeOf } from './calls/build-dtype.js';
import { lengthsOf } from './calls/lengths-of.js';
import { PICKLE_CALLS } from './calls/pickle-calls.js';
import { inflateJoblib } from './inflate-joblib.js';
import { expectKind } from './kinds.js';
import type { Call, IsKnown, Machine } from './machine.js';
import { PICKLE_LIMITS, readWith } from './read-pickle.js';
import { runPickle } from './run-pickle.js';

/** Old versions of scikit-learn brought joblib along. */
const CALLS: ReadonlyMap<string, Call> = new Map([
  ...PICKLE_CALLS,
  ['joblib.numpy_pickle.NumpyArrayWrapper', description],
  ['sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper', description],
]);

/** joblib also reads a plain pickle. */
export function readJoblib(bytes: Uint8Array, isKnown: IsKnown, limits: ReadLimits = PICKLE_LIMITS): Saved {
  return readWith(inflateJoblib(bytes, limits), isKnown, limits, CALLS);
}

/** What stands in the place of an array; once it has its state, the array itself follows in the file. */
function description(machine: Machine): Saved {
  const made: SavedObject = {
    type: 'object',
    module: 'joblib.numpy_pickle',
    name: 'NumpyArrayWrapper',
    args: [],
    state: null,
  };
  machine.builders.set(made, (state) => arrayBehind(machine, expectKind(machine, state, 'dict', 'a description')));
  return made;
}

function arrayBehind(machine: Machine, description: SavedDict): Saved {
  const attribute = (name: string) => description.entries.findLast(([key]) => key === name)?.[1];
  const type = expectKind(machine, attribute('subclass'), 'name', 'the class of an array');
  if (type.module !== 'numpy' || (type.name !== 'ndarray' && type.name !== 'memmap'))
    throw machine.unsupported(`an array of the class ${type.module}.${type.name}`, 'numpy.ndarray');
  const dtype = dtypeOf(machine, attribute('dtype'));
  // An array of objects is a pickle of its own, as plain pickle writes it.
  if (dtype.kind === 'O') return array(machine, machine.nested(PICKLE_CALLS, runPickle));
  const order = expectKind(machine, attribute('order'), 'str', 'the order of an array');
  if (order !== 'C' && order !== 'F') throw machine.malformed(`the order ${order}`, 'the order C or F');
  const shape = lengthsOf(machine, attribute('shape'));
  // Since joblib 1.2, one byte says how many follow in front of an array so that it begins at a round place.
  if ((attribute('numpy_array_alignment_bytes') ?? null) !== null) machine.slice(machine.byte());
  const bytes = machine.slice(elementsOf(shape, machine.where) * dtype.size);
  machine.spendBytes(bytes.length);
  return decodeArray(dtype, shape, order, bytes, machine.where);
}

function array(machine: Machine, value: Saved): Saved {
  if (isSaved(value, 'array')) return value;
  throw machine.malformed('another value behind the description of an array', 'the array');
}
