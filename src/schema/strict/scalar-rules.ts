// One strict rule for each scalar type: it turns a JSON value into the value to store or a Problem. CSV text goes through
// `csv-value.ts` first.
import type { JsonNumber, JsonObject, JsonValue } from '../../data/json-types.js';
import { knownDouble, knownFloat, knownInteger } from '../../data/known-number.js';
import type { ScalarName } from '../types.js';
import type { ColumnState } from './column-state.js';
import { decodeBase64 } from './decode-base64.js';
import { doubleOf, floatOf, INT32, INT64, type IntegerRange, integerOf, isIntegerSpelling } from './numbers.js';
import { parseDatetime } from './parse-datetime.js';
import { Problem } from './problem.js';
import { showJson, showNotFinite, showText } from './show.js';
import { textOf } from './text-of.js';

export type ScalarValue = number | bigint | boolean | string | Uint8Array;
type Rule = (value: JsonValue, state: ColumnState) => ScalarValue | Problem;

const ARTICLE: Record<ScalarName, string> = {
  boolean: 'a boolean',
  integer: 'an integer',
  long: 'a long',
  float: 'a float',
  double: 'a double',
  string: 'a string',
  binary: 'a binary',
  datetime: 'a datetime',
};

/** null is handled before a rule is called. */
export const SCALAR_RULES: Readonly<Record<ScalarName, Rule>> = {
  double: (value) => {
    const known = knownDouble(value);
    if (!Number.isNaN(known)) return known;
    const text = numberText(value, 'double');
    return text instanceof Problem ? text : doubleOf(text);
  },
  float: (value) => {
    const known = knownFloat(value);
    if (!Number.isNaN(known)) return known;
    const text = numberText(value, 'float');
    return text instanceof Problem ? text : floatOf(text);
  },
  integer: (value, state) => {
    const known = knownInteger(value, -(2 ** 31), 2 ** 31 - 1);
    if (!Number.isNaN(known)) return known;
    const whole = wholeNumber(value, 'integer', INT32, state);
    return typeof whole === 'bigint' ? Number(whole) : whole;
  },
  long: (value, state) => {
    const known = knownInteger(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    return Number.isNaN(known) ? wholeNumber(value, 'long', INT64, state) : BigInt(known);
  },
  boolean: (value) => (typeof value === 'boolean' ? value : wrong(value, 'boolean')),
  string: (value) => (typeof value === 'string' ? textOf(value) : wrong(value, 'string')),
  binary: (value) => (typeof value === 'string' ? decodeBase64(value) : wrong(value, 'binary')),
  datetime: (value, state) => {
    if (typeof value !== 'string') {
      const note = isNumber(value) ? ' (MLflow reads numbers as nanoseconds)' : '';
      return wrong(value, 'datetime', note);
    }
    const parsed = parseDatetime(value);
    if (parsed instanceof Problem) return parsed;
    state.datetimeShape ??= parsed.shape;
    if (parsed.shape !== state.datetimeShape) {
      const say = `"${showText(value)}" is not written like the first row's ${state.datetimeShape}`;
      return new Problem('SCHEMA_BAD_DATETIME', say, `"${showText(value)}"`, state.datetimeShape);
    }
    return parsed.nanoseconds;
  },
};

export function isNumber(value: JsonValue): value is JsonNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (value as JsonObject | JsonNumber).kind === 'number'
  );
}

/** NaN, Infinity and -Infinity, which Python's json reads as numbers. */
export const isNumberWord = (text: string): boolean => text === 'NaN' || text.endsWith('Infinity');

function wrong(value: JsonValue, scalar: ScalarName, note = ''): Problem {
  const found = showJson(value);
  return new Problem('SCHEMA_WRONG_TYPE', `${found} in ${ARTICLE[scalar]} column${note}`, found, scalar);
}

function numberText(value: JsonValue, scalar: ScalarName): string | Problem {
  if (!isNumber(value)) return wrong(value, scalar);
  return isNumberWord(value.text)
    ? new Problem('SCHEMA_NOT_A_NUMBER', showNotFinite(value), value.text, scalar)
    : value.text;
}

function wholeNumber(value: JsonValue, scalar: ScalarName, range: IntegerRange, state: ColumnState): bigint | Problem {
  const text = numberText(value, scalar);
  return text instanceof Problem ? text : wholeText(text, range, state);
}

/** Used for CSV as well, so that the same digits get the same verdict. */
export function wholeText(text: string, range: IntegerRange, state: ColumnState): bigint | Problem {
  const whole = integerOf(text, range);
  if (whole instanceof Problem) return whole;
  const fraction = !isIntegerSpelling(text);
  const beyond = whole > 2n ** 53n || whole < -(2n ** 53n);
  if (fraction && !state.fractionSpelling) {
    state.warn(`"${showText(text)}" in a ${range.name} column is read as ${whole}`);
  }
  const clash = (fraction && state.beyondDouble) || (beyond && state.fractionSpelling);
  state.fractionSpelling ||= fraction;
  state.beyondDouble ||= beyond;
  if (clash) {
    const say = `${showText(text)} shares its column with ${fraction ? 'an integer beyond 2^53' : 'a spelling such as 2.0'}: MLflow then reads all as doubles`;
    return new Problem('SCHEMA_LOSSY_CAST', say, showText(text), range.name);
  }
  return whole;
}
