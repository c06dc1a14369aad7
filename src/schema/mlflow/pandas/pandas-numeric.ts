// Turns an object column into numbers as `pd.to_numeric(errors="raise")` does: numbers, bools, Decimals, numeric text; null is NaN.

import { PyFailure } from '../failure.js';
import { kindOf, PyDict, type PyValue } from '../python/python-value.js';
import { unboxed } from './pandas-infer.js';

const NUMBER = /^[ \t\n\v\f\r]*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\v\f\r]*$/;

/** pandas' `floatify`: no underscores, no hexadecimal; infinity by name, but not NaN. Null if it is not a number. */
function readNumber(text: string): { value: number; int: boolean } | null {
  if (NUMBER.test(text)) return { value: Number(text), int: /^[ \t\n\v\f\r]*[-+]?\d+[ \t\n\v\f\r]*$/.test(text) };
  const word = text.toLowerCase();
  if (/^[-+]?inf(?:inity)?$/.test(word))
    return { value: word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, int: false };
  return null;
}

function isEmpty(value: PyValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof PyDict) return value.map.size === 0;
  if (value === null || typeof value !== 'object' || !('kind' in value)) return false;
  if (value.kind === 'tuple') return value.items.length === 0;
  if (value.kind === 'bytearray') return value.bytes.length === 0;
  return value.kind === 'ndarray' && value.shape[0] === 0;
}

export function toNumeric(data: readonly PyValue[]): { dtype: string; data: PyValue[] } {
  let floats = false;
  let ints = false;
  let bools = false;
  const values = data.map((item, i): PyValue => {
    const value = unboxed(item);
    switch (kindOf(value)) {
      case 'none':
      case 'na':
        floats = true;
        return Number.NaN;
      case 'float':
        floats = true;
        return value;
      case 'int':
        ints = true;
        return value;
      case 'bool':
        bools = true;
        return value;
      case 'decimal':
        floats = true;
        return Number((value as { text: string }).text);
      case 'str': {
        if (value === '') {
          floats = true;
          return Number.NaN;
        }
        const number = readNumber(value as string);
        if (number === null)
          throw new PyFailure('ValueError', `Unable to parse string "${value}" at position ${i}`, {
            tmpl: 'native:int_parse',
          });
        if (!number.int) floats = true;
        else ints = true;
        return number.int ? BigInt((value as string).trim().replace(/^\+/, '')) : number.value;
      }
      case 'bytes': {
        const text = Buffer.from(value as Uint8Array).toString('latin1');
        const number = text === '' ? { value: Number.NaN } : readNumber(text);
        if (number === null)
          throw new PyFailure('ValueError', `Unable to parse string at position ${i}`, { tmpl: 'native:int_parse' });
        floats = true;
        return number.value;
      }
      default:
        // A value with a length of 0 is missing.
        if (isEmpty(value)) {
          floats = true;
          return Number.NaN;
        }
        throw new PyFailure('TypeError', `Invalid object type at position ${i}`, { tmpl: 'native:datetime' });
    }
  });
  if (data.length === 0) return { dtype: 'int64', data: [] };
  if (floats) return { dtype: 'float64', data: values.map(Number) };
  if (bools && !ints) return { dtype: 'bool', data: values };
  const whole = values.map((value) => BigInt(value as bigint | boolean));
  const large = whole.some((value) => value >= 1n << 63n);
  const negative = whole.some((value) => value < 0n);
  // A number that fits neither 64-bit type stays Python's own.
  const own = whole.some((value) => value >= 1n << 64n || value < -(1n << 63n)) || (large && negative);
  return { dtype: own ? 'object' : large ? 'uint64' : 'int64', data: whole };
}
