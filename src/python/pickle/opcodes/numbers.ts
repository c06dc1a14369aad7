// Turns the opcodes of None, booleans, ints and floats into values.
import { hostile } from '../../refuse.js';
import type { Machine } from '../machine.js';
import { floatOf, intOf } from '../text-numbers.js';
import type { Opcodes } from './opcode.js';

/** Most ints are small, and each BigInt takes memory of its own. */
const SMALL = Array.from({ length: 256 }, (_, value) => BigInt(value));

export const NUMBERS: Opcodes = {
  78: ['NONE', (m) => m.push(null)],
  136: ['NEWTRUE', (m) => m.push(true)],
  137: ['NEWFALSE', (m) => m.push(false)],
  73: ['INT', (m) => m.push(intLine(m))],
  76: ['LONG', (m) => m.push(intOf(m.asciiLine().replace(/L$/, ''), m.limits.digits, m.where))],
  74: ['BININT', (m) => m.push(BigInt(m.int32()))],
  75: ['BININT1', (m) => m.push(SMALL[m.byte()] as bigint)],
  77: ['BININT2', (m) => m.push(BigInt(m.uint16()))],
  138: ['LONG1', (m) => m.push(long(m, m.byte()))],
  139: ['LONG4', (m) => m.push(long(m, m.int32()))],
  70: ['FLOAT', (m) => m.push(floatOf(m.asciiLine(), m.where))],
  71: ['BINFLOAT', (m) => m.push(m.float64())],
};

/** Protocol 0 writes booleans as these two, which no int begins like. */
function intLine(machine: Machine): boolean | bigint {
  const text = machine.asciiLine();
  if (text === '01') return true;
  if (text === '00') return false;
  return intOf(text, machine.limits.digits, machine.where);
}

/** Two's complement, the lowest byte first. */
function long(machine: Machine, length: number): bigint {
  if (length < 0) throw machine.malformed(`an int of ${length} bytes`, 'a length that is not negative');
  const most = Math.ceil((machine.limits.digits * Math.log2(10)) / 8);
  if (length > most) throw hostile(machine.where, `an int of ${length} bytes`, `at most ${most} bytes`);
  const bytes = machine.slice(length);
  if (length === 0) return 0n;
  let hex = '0x';
  for (let at = length - 1; at >= 0; at -= 1) hex += (bytes[at] as number).toString(16).padStart(2, '0');
  return BigInt.asIntN(length * 8, BigInt(hex));
}
