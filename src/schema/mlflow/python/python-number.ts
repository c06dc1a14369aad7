// Turns text into numbers as Python's `int(text)` and `float(text)` do: blanks around, underscores within, digits of any script.

import { PyFailure } from '../failure.js';
import { reprString } from './python-repr.js';

/** Unicode decimal digits become ASCII ones: blocks of ten start where a Nd run starts. */
function asciiDigits(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    const point = digit.codePointAt(0)!;
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value++;
    return String(blockValue(point, value));
  });
}

/** Some blocks follow one another directly (mathematical digits): the value is the distance to the block's start, modulo ten. */
function blockValue(point: number, seen: number): number {
  if (point >= 0x1d7ce && point <= 0x1d7ff) return (point - 0x1d7ce) % 10;
  return seen;
}

/** The blanks that `int` and `float` ignore: Python's, but of the control characters only those of ASCII. */
const BLANK = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const EDGES = new RegExp(`^${BLANK}+|(?<!${BLANK})${BLANK}+$`, 'g');
const trim = (text: string): string => text.replace(EDGES, '');

export function parsePythonInt(text: string): bigint {
  const bare = trim(asciiDigits(text));
  if (!/^[-+]?\d+(?:_\d+)*$/.test(bare))
    throw new PyFailure('ValueError', `invalid literal for int() with base 10: ${reprString(text)}`, {
      tmpl: 'native:int_parse',
    });
  const digits = bare.replace(/[_+-]/g, '');
  return bare.startsWith('-') ? -BigInt(digits) : BigInt(digits);
}

const FLOAT = /^[-+]?(?:(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][-+]?\d+(?:_\d+)*)?)$/;
const WORD = /^(?<sign>[-+]?)(?<word>inf|infinity|nan)$/i;

/** Null if Python would raise. */
export function readPythonFloat(text: string): number | null {
  const bare = trim(asciiDigits(text));
  const word = WORD.exec(bare)?.groups;
  if (word) {
    if (word.word!.toLowerCase() === 'nan') return Number.NaN;
    return word.sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return FLOAT.test(bare) ? Number(bare.replaceAll('_', '')) : null;
}

export function parsePythonFloat(text: string): number {
  const value = readPythonFloat(text);
  if (value === null)
    throw new PyFailure('ValueError', `could not convert string to float: ${reprString(text)}`, {
      tmpl: 'native:float_parse',
    });
  return value;
}
