// What one opcode of a pickle is: its name in Python's pickletools, and what it does to the machine.
import type { Machine } from '../machine.js';

export type Opcodes = Readonly<Record<number, readonly [name: string, run: (machine: Machine) => void]>>;
