// Turns the opcodes of the stack, the memo and the frame into their effect on the machine.

import type { Machine } from '../machine.js';
import { intOf } from '../text-numbers.js';
import type { Opcodes } from './opcode.js';

const NEWEST_PROTOCOL = 5;

export const STACK: Opcodes = {
  40: ['MARK', (m) => m.mark()],
  48: ['POP', pop],
  49: ['POP_MARK', (m) => void m.popMark()],
  50: ['DUP', (m) => m.push(m.top())],
  103: ['GET', (m) => m.recall(numberLine(m))],
  104: ['BINGET', (m) => m.recall(m.byte())],
  106: ['LONG_BINGET', (m) => m.recall(m.uint32())],
  112: ['PUT', (m) => m.remember(numberLine(m))],
  113: ['BINPUT', (m) => m.remember(m.byte())],
  114: ['LONG_BINPUT', (m) => m.remember(m.uint32())],
  148: ['MEMOIZE', (m) => m.remember(m.memo.length)],
  128: ['PROTO', protocol],
  149: ['FRAME', frame],
};

/** A POP right after a MARK takes the mark away. */
function pop(machine: Machine): void {
  if (machine.stack.length === machine.marks.at(-1)) machine.marks.pop();
  else machine.pop();
}

function numberLine(machine: Machine): number {
  const number = Number(intOf(machine.asciiLine(), machine.limits.digits, machine.where));
  if (number < 0) throw machine.malformed(`the memo number ${number}`, 'one that is not negative');
  return number;
}

function protocol(machine: Machine): void {
  const version = machine.byte();
  if (version > NEWEST_PROTOCOL)
    throw machine.unsupported(`protocol ${version}`, `protocols 0 to ${NEWEST_PROTOCOL} of pickle`);
}

/** As in Python, a frame says only how much may be read ahead. */
function frame(machine: Machine): void {
  const length = machine.length64();
  if (length > machine.left)
    throw machine.malformed(`a frame of ${length} bytes in front of ${machine.left}`, 'a frame that ends in the file');
}
