// Turns a call that Python would make into the plain value that stands for what it would return.
import type { Saved, SavedName } from '../../saved.js';
import type { Machine } from '../machine.js';
import { BUILTIN_CALLS } from './builtin-calls.js';
import type { Calls } from './calls.js';
import { LIBRARY_CALLS } from './library-calls.js';
import { NUMPY_CALLS } from './numpy-calls.js';

/** By module, a dot and name; neither has a dot that could shift the border, because names have none. */
const CALLS = new Map(Object.entries({ ...BUILTIN_CALLS, ...NUMPY_CALLS, ...LIBRARY_CALLS } satisfies Calls));

/** Whether the name is one of those that say how a value is put together again, which every pickle may use. */
export function isOwn(module: string, name: string): boolean {
  return CALLS.has(`${module}.${name}`);
}

/** Any other name that is known makes an object of which only the arguments are known. */
export function call(machine: Machine, { module, name }: SavedName, args: readonly Saved[]): Saved {
  machine.spend(1 + args.length);
  const own = CALLS.get(`${module}.${name}`);
  return own === undefined ? { type: 'object', module, name, args, state: null } : own(machine, args);
}
