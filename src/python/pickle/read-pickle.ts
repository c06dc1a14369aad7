// Turns a pickle that Python wrote into plain data. Nothing in it is called or built, whatever it asks for.
import { READ_LIMITS, type ReadLimits } from '../limits.js';
import { hostile, malformed } from '../refuse.js';
import type { Saved } from '../saved.js';
import { PICKLE_CALLS } from './calls/pickle-calls.js';
import { type Call, type IsKnown, Machine } from './machine.js';
import { runPickle } from './run-pickle.js';
import { settle } from './settle.js';

/** Python itself writes no pickle that is deeper than its own stack: 1,000 calls, and two values a call. */
export const PICKLE_LIMITS: ReadLimits = { ...READ_LIMITS, depth: 2000 };

/**
 * `isKnown` says of a class or a function of a library whether the file may name it. What Python needs to put arrays, dtypes and
 * its own values together again is always known. The values may be views of `bytes`, which must not change afterwards.
 */
export function readPickle(bytes: Uint8Array, isKnown: IsKnown, limits: ReadLimits = PICKLE_LIMITS): Saved {
  return readWith(bytes, isKnown, limits, PICKLE_CALLS);
}

export function readWith(
  bytes: Uint8Array,
  isKnown: IsKnown,
  limits: ReadLimits,
  calls: ReadonlyMap<string, Call>,
): Saved {
  if (bytes.length === 0) throw malformed('the pickle', 'an empty file', 'a pickle');
  if (bytes.length > limits.fileBytes)
    throw hostile('the pickle', `${bytes.length} bytes`, `at most ${limits.fileBytes} bytes`);
  const machine = new Machine(bytes, isKnown, limits, calls);
  const value = runPickle(machine);
  // Python would ignore what follows, so nobody would see what it is for.
  if (machine.left > 0) throw hostile('the pickle', `${machine.left} bytes after its end`, 'nothing after STOP');
  settle(value, limits);
  return value;
}
