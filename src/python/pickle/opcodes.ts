// The table of the opcodes of pickle, protocols 0 to 5: those that mlctl runs, and those that it refuses by their names.
import { COLLECTIONS } from './opcodes/collections.js';
import { NAMES } from './opcodes/names.js';
import { NUMBERS } from './opcodes/numbers.js';
import type { Opcodes } from './opcodes/opcode.js';
import { STACK } from './opcodes/stack.js';
import { TEXTS } from './opcodes/texts.js';

export const STOP = 0x2e;

/** By the byte that stands for it. STOP is not here, because it ends the loop. */
export const OPCODES: Opcodes = { ...STACK, ...NUMBERS, ...TEXTS, ...COLLECTIONS, ...NAMES };

/** No library's model needs one of these. Each would bring in something from outside of the file, or hide what is called. */
export const REFUSED: Readonly<Record<number, string>> = {
  80: 'PERSID',
  81: 'BINPERSID',
  105: 'INST',
  111: 'OBJ',
  130: 'EXT1',
  131: 'EXT2',
  132: 'EXT4',
  151: 'NEXT_BUFFER',
  152: 'READONLY_BUFFER',
};
