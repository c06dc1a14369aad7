// Turns an array of one dtype into another as `astype` does: C casts between numbers, text parsed, numbers printed.
import { reprFloat } from '../python/python-float.js';
import type { NdArray, PyValue } from '../python/python-value.js';
import { dtypeKind, roundFloat, unitOf, wrapInt } from './dtype.js';
import { castElement } from './numpy-array.js';
import { convertUnit } from './numpy-set.js';

/** A float to an integer as x86-64 does it: out of range (and NaN) is the smallest integer, 32 bits or 64. */
export function floatToInt(value: number, dtype: string): bigint {
  const small = dtype === 'int32' || dtype === 'int16' || dtype === 'int8' || dtype === 'uint8' || dtype === 'uint16';
  const limit = small ? 2 ** 31 : dtype === 'uint64' ? 2 ** 64 : 2 ** 63;
  const whole = Math.trunc(value);
  if (!(whole > -(small ? 2 ** 31 + 1 : 2 ** 63 + 1) && whole < limit))
    return wrapInt(small ? -(1n << 31n) : -(1n << 63n), dtype);
  return wrapInt(BigInt(whole), dtype);
}

function castNumber(value: PyValue, from: string, to: string): PyValue {
  const target = dtypeKind(to);
  const source = dtypeKind(from);
  if (target === 'b') return source === 'f' ? (value as number) !== 0 : Boolean(value);
  if (target === 'f') return roundFloat(Number(value), to);
  if (source === 'f') return floatToInt(value as number, to);
  return wrapInt(BigInt(value as bigint | boolean), to);
}

function toText(value: PyValue, from: string): string {
  const kind = dtypeKind(from);
  if (kind === 'b') return value ? 'True' : 'False';
  if (kind === 'f') return reprFloat(value as number);
  return String(value);
}

export function convertArray(array: NdArray, dtype: string): NdArray {
  const { dtype: from, data } = array;
  if (from === dtype) return array;
  const numbers = 'biuf'.includes(dtypeKind(from)) && 'biuf'.includes(dtypeKind(dtype));
  let made: PyValue[];
  if (numbers) made = data.map((value) => castNumber(value, from, dtype));
  else if (dtypeKind(from) === 'M' && dtypeKind(dtype) === 'M')
    made = data.map((value) => (value === null ? null : convertUnit(value as bigint, unitOf(from), unitOf(dtype))));
  else if ('biuf'.includes(dtypeKind(from)) && (dtype === 'str' || dtype === 'bytes'))
    made = data.map((value) => castElement(toText(value, from), dtype));
  else made = data.map((value) => castElement(value, dtype));
  return { ...array, dtype, data: made };
}
