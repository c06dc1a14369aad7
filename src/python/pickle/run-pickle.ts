// Turns one pickle, from the machine's place in the file to its STOP, into the value it holds.
import type { Saved } from '../saved.js';
import type { Machine } from './machine.js';
import { OPCODES, REFUSED, STOP } from './opcodes.js';

const HINT = 'save the model again with pickle, joblib or skops as they are, without a pickler of your own';
const RUN = Array.from({ length: 256 }, (_, code) => OPCODES[code]?.[1]);

export function runPickle(machine: Machine): Saved {
  for (;;) {
    machine.opcodeAt = machine.at;
    const code = machine.byte();
    machine.tick();
    if (code === STOP) return result(machine);
    const run = RUN[code];
    if (run === undefined) throw refusal(machine, code);
    run(machine);
  }
}

function result(machine: Machine): Saved {
  const value = machine.pop();
  if (machine.stack.length > 0 || machine.marks.length > 0)
    throw machine.malformed('STOP with values left on the stack', 'exactly one value at the end');
  return value;
}

function refusal(machine: Machine, code: number): Error {
  const refused = REFUSED[code];
  if (refused !== undefined) return machine.unsupported(`the opcode ${refused}`, 'opcodes that stay in the file', HINT);
  return machine.malformed(`the byte 0x${code.toString(16).padStart(2, '0')}`, 'an opcode of pickle');
}
