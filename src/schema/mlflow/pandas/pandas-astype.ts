// Turns one column into another dtype as `Series.astype` does: C casts between numbers, Python's own conversions from text and
// objects.

import { elementsOf } from '../enforce-columns.js';
import { PyFailure } from '../failure.js';
import { dtypeKind } from '../numpy/dtype.js';
import { convertArray } from '../numpy/numpy-convert.js';
import { setElement, truthOf } from '../numpy/numpy-set.js';
import { pyStr } from '../python/python-repr.js';
import type { PyValue, Series } from '../python/python-value.js';
import { objectsToDates, toDatetime } from './pandas-datetime.js';

const isText = (dtype: string): boolean => dtype === 'str' || dtype === 'string';

function floatsToInts(column: Series, dtype: string): Series {
  const values = column.data as number[];
  if (!values.every(Number.isFinite))
    throw new PyFailure('IntCastingNaNError', 'Cannot convert non-finite values (NA or inf) to integer', {
      tmpl: 'native:nan_to_int',
    });
  if (dtypeKind(dtype) === 'u' && values.some((value) => value < 0))
    throw new PyFailure('ValueError', `Cannot losslessly cast from ${column.dtype} to ${dtype}`);
  return cast(column, dtype);
}

function cast(column: Series, dtype: string): Series {
  const array = convertArray(
    { kind: 'ndarray', dtype: column.dtype, shape: [column.data.length], data: column.data },
    dtype,
  );
  return { ...column, dtype, data: array.data };
}

/** `dtype` is numpy's name; `str` (numpy's text) gives objects, as pandas has no fixed-width text. */
export function astype(column: Series, dtype: string): Series {
  if (column.dtype === dtype && dtype !== 'str') return column;
  const source = dtypeKind(column.dtype);
  const target = dtypeKind(dtype);
  if (dtype === 'object') return { ...column, dtype, data: elementsOf(column) };
  if (dtype === 'str') return { ...column, dtype: 'object', data: elementsOf(column).map(pyStr) };
  if (source === 'f' && (target === 'i' || target === 'u')) return floatsToInts(column, dtype);
  if (target === 'M') return { ...column, dtype, data: datesOf(column) };
  if (column.dtype === 'object' || isText(column.dtype)) {
    if (target === 'b') return { ...column, dtype, data: elementsOf(column).map(truthOf) };
    return { ...column, dtype, data: elementsOf(column).map((value) => setElement(value, dtype)) };
  }
  return cast(column, dtype);
}

function datesOf(column: Series): PyValue[] {
  if (column.dtype === 'object' || isText(column.dtype)) return objectsToDates(elementsOf(column));
  return toDatetime(column).data;
}
