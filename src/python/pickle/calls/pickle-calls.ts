// The table of the functions that say how a value is put together again. Every pickle may name them, and none is called.
import type { Call } from '../machine.js';
import { BUILTIN_CALLS } from './builtin-calls.js';
import { LIBRARY_CALLS } from './library-calls.js';
import { NUMPY_CALLS } from './numpy-calls.js';

export const PICKLE_CALLS: ReadonlyMap<string, Call> = new Map([...BUILTIN_CALLS, ...NUMPY_CALLS, ...LIBRARY_CALLS]);
