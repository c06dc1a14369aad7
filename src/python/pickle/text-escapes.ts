// Turns the texts of protocol 0, which escape what does not fit on one line, into what they stand for.
import { malformed } from '../refuse.js';
import { latin1 } from './pickle-bytes.js';

/** Escapes are taken from left to right, two backslashes at a time, so that the second of two begins none. */
const ESCAPE = /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S]|$)/g;

/** Latin-1, and every other character as an escape. */
export function rawUnicodeOf(line: Uint8Array, where: string): string {
  return latin1(line).replace(ESCAPE, (whole, sign: string) => {
    if (sign !== '' && !/^u/i.test(sign)) return whole;
    const point = sign.length > 1 ? Number.parseInt(sign.slice(1), 16) : Number.NaN;
    const isCharacter = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    if (!isCharacter) throw malformed(where, `the escape '${whole}'`, 'an escape of a character of Unicode');
    return String.fromCodePoint(point);
  });
}

const SIMPLE = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** A str of Python 2 as its repr: in quotes, with the escapes of a literal of bytes. */
export function quotedOf(line: Uint8Array, where: string): Uint8Array {
  const text = latin1(line).trimEnd();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote))
    throw malformed(where, 'a str without its quotes', 'a str in quotes');
  const plain = text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S]|$)/g, (whole, sign: string) => {
    if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8) & 0xff);
    if (/^x./.test(sign)) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
    if (sign === 'x' || sign === '') throw malformed(where, `the escape '${whole}'`, 'an escape of Python');
    return SIMPLE.get(sign) ?? whole;
  });
  return Buffer.from(plain, 'latin1');
}
