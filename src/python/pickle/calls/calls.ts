// What stands for a call of Python: the value it would return, as plain data.
import type { Saved } from '../../saved.js';
import type { Machine } from '../machine.js';

export type Calls = Readonly<Record<string, (machine: Machine, args: readonly Saved[]) => Saved>>;
