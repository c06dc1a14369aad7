// Turns a list of Python values into the dtype that pandas 3 gives it (`lib.maybe_convert_objects`): numbers, bools, text, dates,
// or object.

import { dtypeKind, itemSize, unitOf } from '../numpy/dtype.js';
import { convertUnit } from '../numpy/numpy-set.js';
import { floorDiv } from '../python/python-dates.js';
import { kindOf, type PyObject, type PyValue } from '../python/python-value.js';

export interface TypedValues {
  readonly dtype: string;
  readonly data: PyValue[];
}

const INT64 = 1n << 63n;

export function isNaNFloat(value: PyValue): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  return kindOf(value) === 'scalar' && typeof unboxed(value) === 'number' && Number.isNaN(unboxed(value) as number);
}

/** None, NaN, NaT or NA. */
export function isMissing(value: PyValue): boolean {
  if (value === null || isNaNFloat(value)) return true;
  const kind = kindOf(value);
  if (kind === 'scalar') return unboxed(value) === null;
  return kind === 'nat' || kind === 'na' || (kind === 'decimal' && /nan/i.test((value as { text: string }).text));
}

/** The value inside numpy's scalar; any other value as it is. */
export function unboxed(value: PyValue): PyValue {
  return kindOf(value) === 'scalar' ? (value as { value: PyValue }).value : value;
}

/** The kind of a value as pandas' inference sees it. */
function inferredKind(value: PyValue): string {
  const kind = kindOf(value);
  if (kind !== 'scalar') return kind;
  const { dtype } = value as { dtype: string };
  if (dtype === 'str') return 'str';
  switch (dtypeKind(dtype)) {
    case 'b':
      return 'bool';
    case 'i':
    case 'u':
      return 'int';
    case 'f':
      return 'float';
    case 'M':
      return 'timestamp';
    default:
      return 'other';
  }
}

/** Numbers and bools; null if the values stay objects. */
function inferNumbers(values: readonly PyValue[]): TypedValues | null {
  let sawNull = false;
  let sawNaN = false;
  let sawFloat = false;
  let sawInt = false;
  let sawBool = false;
  let sawUnsigned = false;
  let sawSigned = false;
  for (const value of values) {
    switch (inferredKind(value)) {
      case 'none':
        sawNull = true;
        break;
      case 'bool':
        sawBool = true;
        break;
      case 'float':
        if (isNaNFloat(value)) sawNaN = true;
        else sawFloat = true;
        break;
      case 'int': {
        sawInt = true;
        const int = unboxed(value) as bigint;
        if (int < 0n) sawSigned = true;
        if (int >= INT64) sawUnsigned = true;
        if ((sawUnsigned && sawSigned) || int >= INT64 * 2n || int < -INT64) return null;
        break;
      }
      default:
        return null;
    }
  }
  if (sawBool) {
    if (sawNull || sawNaN || sawFloat || sawInt) return null;
    return { dtype: 'bool', data: values.map(unboxed) };
  }
  const numpySize = commonSize(values);
  const toFloat = (value: PyValue) => (value === null ? Number.NaN : Number(unboxed(value)));
  if (sawFloat || sawNaN || (sawNull && sawInt))
    return { dtype: `float${(numpySize ?? 8) * 8}`, data: values.map(toFloat) };
  if (!sawInt) return null;
  if (values.every(isUnsigned)) return { dtype: `uint${numpySize! * 8}`, data: values.map(unboxed) };
  return { dtype: sawUnsigned ? 'uint64' : `int${(numpySize ?? 8) * 8}`, data: values.map(unboxed) };
}

const isUnsigned = (value: PyValue): boolean =>
  kindOf(value) === 'scalar' && dtypeKind((value as { dtype: string }).dtype) === 'u';

/** The largest size among numpy's scalars; null if a value is Python's own (the result then has 8 bytes). */
function commonSize(values: readonly PyValue[]): number | null {
  let size = 0;
  for (const value of values) {
    if (kindOf(value) !== 'scalar') return null;
    size = Math.max(size, itemSize((value as { dtype: string }).dtype));
  }
  return size;
}

/** Text, with missing values as null; numpy's dates; null if the values stay objects. */
function inferTextOrDates(values: readonly PyValue[], fresh: boolean): TypedValues | null {
  const first = values.find((value) => !isMissing(value));
  if (first === undefined) {
    // NaT alone, or with None and NaN: dates, if a new Series is made.
    if (!fresh || !values.some((value) => kindOf(value) === 'nat')) return null;
    return { dtype: 'datetime64[s]', data: values.map(() => null) };
  }
  const kind = inferredKind(first);
  if (kind === 'str') {
    if (!values.every((value) => inferredKind(value) === 'str' || isMissingText(value))) return null;
    return { dtype: 'str', data: values.map((value) => (isMissingText(value) ? null : unboxed(value))) };
  }
  return kind === 'timestamp' || kind === 'datetime' ? inferDates(values) : null;
}

const isMissingText = (value: PyValue): boolean => value === null || isNaNFloat(value) || kindOf(value) === 'na';

/** Nanoseconds of a date-like value (UTC if it has a zone), its zone and the unit pandas stores it in. */
export function dateFacts(value: PyValue): { ns: bigint; zone: string | null; unit: string } | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  const object = value as PyObject;
  if (object.kind === 'timestamp') return { ns: object.ns, zone: object.tz ?? null, unit: object.unit ?? 'ns' };
  if (object.kind === 'datetime') {
    const { us, offset } = object;
    if (offset === undefined) return { ns: us * 1000n, zone: null, unit: 'us' };
    return { ns: (us - BigInt(offset) * 1_000_000n) * 1000n, zone: offset === 0 ? 'UTC' : zoneOf(offset), unit: 'us' };
  }
  if (object.kind === 'date') return { ns: BigInt(object.days) * 86_400_000_000_000n, zone: null, unit: 's' };
  if (object.kind === 'scalar' && object.dtype.startsWith('datetime64') && object.value !== null)
    return {
      ns: convertUnit(object.value as bigint, unitOf(object.dtype), 'ns'),
      zone: null,
      unit: unitOf(object.dtype),
    };
  return null;
}

function zoneOf(offset: number): string {
  const minutes = Math.abs(offset) / 60;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const UNITS = ['s', 'ms', 'us', 'ns'];

function inferDates(values: readonly PyValue[]): TypedValues | null {
  const facts = values.map((value) => (isMissing(value) ? null : dateFacts(value)));
  const known = facts.filter((fact) => fact !== null);
  if (known.length !== values.filter((value) => !isMissing(value)).length) return null;
  if (values.some((value) => kindOf(value) === 'date')) return null;
  const zones = new Set(known.map((fact) => fact.zone));
  if (zones.size !== 1) return null;
  const unit = known.map((fact) => UNITS.indexOf(fact.unit)).reduce((a, b) => Math.max(a, b));
  const name = UNITS[Math.max(unit, 0)]!;
  const zone = known[0]!.zone;
  const per = 1000n ** BigInt(3 - UNITS.indexOf(name));
  return {
    dtype: zone === null ? `datetime64[${name}]` : `datetime64[${name}, ${zone}]`,
    data: facts.map((fact) => (fact === null ? null : floorDiv(fact.ns, per))),
  };
}

/** The dtype of a Series or a column of a list. */
export function inferValues(values: readonly PyValue[]): TypedValues {
  return inferNumbers(values) ?? inferTextOrDates(values, true) ?? { dtype: 'object', data: [...values] };
}

/** `infer_objects()` of an object column. */
export function inferColumnObjects(values: readonly PyValue[]): TypedValues {
  return inferNumbers(values) ?? inferTextOrDates(values, false) ?? { dtype: 'object', data: [...values] };
}

/** The dtype of an object ndarray: numbers stay objects, text and dates are found. */
export function inferObjectArray(values: readonly PyValue[]): TypedValues {
  return inferTextOrDates(values, true) ?? { dtype: 'object', data: [...values] };
}
