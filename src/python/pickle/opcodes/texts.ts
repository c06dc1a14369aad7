// Turns the opcodes of texts and bytes into values. The old STRING opcodes are str of Python 2, which Python 3 reads as ASCII.
import type { Machine } from '../machine.js';
import { isAscii, latin1 } from '../pickle-bytes.js';
import { quotedOf, rawUnicodeOf } from '../text-escapes.js';
import type { Opcodes } from './opcode.js';

export const TEXTS: Opcodes = {
  83: ['STRING', (m) => m.push(ascii(m, quotedOf(m.line(), m.where)))],
  84: ['BINSTRING', (m) => m.push(ascii(m, m.slice(positive(m, m.int32()))))],
  85: ['SHORT_BINSTRING', (m) => m.push(ascii(m, m.slice(m.byte())))],
  86: ['UNICODE', (m) => m.push(rawUnicodeOf(m.line(), m.where))],
  88: ['BINUNICODE', (m) => m.push(m.text(m.uint32()))],
  140: ['SHORT_BINUNICODE', (m) => m.push(m.text(m.byte()))],
  141: ['BINUNICODE8', (m) => m.push(m.text(m.length64()))],
  66: ['BINBYTES', (m) => m.push(m.slice(m.uint32()))],
  67: ['SHORT_BINBYTES', (m) => m.push(m.slice(m.byte()))],
  142: ['BINBYTES8', (m) => m.push(m.slice(m.length64()))],
  150: ['BYTEARRAY8', (m) => m.push(m.slice(m.length64()))],
};

function positive(machine: Machine, length: number): number {
  if (length < 0) throw machine.malformed(`a text of ${length} bytes`, 'a length that is not negative');
  return length;
}

function ascii(machine: Machine, bytes: Uint8Array): string {
  if (isAscii(bytes)) return latin1(bytes);
  throw machine.malformed('a str of Python 2 that is not ASCII', 'ASCII');
}
