// Turns an object column into numbers as `pd.to_numeric(errors="raise")` does: numbers, bools, Decimals, numeric text; null is NaN.
import { kindOf, type PyValue } from '../python-value.js';
import { PyFailure } from './failure.js';
import { unboxed } from './pandas-infer.js';

const NUMBER = /^[ \t\n\v\f\r]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\v\f\r]*$/;

/** pandas' `floatify`: no underscores, no hexadecimal; NaN and infinity by name. Null where it is no number. */
function readNumber(text: string): { value: number; int: boolean } | null {
  if (NUMBER.test(text)) return { value: Number(text), int: /^[ \t\n\v\f\r]*[-+]?\d+[ \t\n\v\f\r]*$/.test(text) };
  const word = text.toLowerCase();
  if (word === 'nan') return { value: Number.NaN, int: false };
  if (/^[-+]?inf(?:inity)?$/.test(word))
    return { value: word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, int: false };
  return null;
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
      default:
        throw new PyFailure('TypeError', `Invalid object type at position ${i}`, { tmpl: 'native:datetime' });
    }
  });
  if (data.length === 0) return { dtype: 'object', data: [] };
  if (floats || (bools && ints)) return { dtype: 'float64', data: values.map(Number) };
  if (bools) return { dtype: 'bool', data: values };
  if (values.some((value) => (value as bigint) >= 1n << 63n)) return { dtype: 'uint64', data: values };
  return { dtype: 'int64', data: values };
}
