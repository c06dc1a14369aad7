// One strict rule for each numpy dtype that a JSON value can express: it gives the value to store, or a Problem.
import type { JsonValue } from '../../../data/json-types.js';
import type { ColumnState } from '../column-state.js';
import { doubleOf, floatOf, type IntegerRange, isIntegerSpelling } from '../numbers.js';
import { Problem } from '../problem.js';
import { isNumber, isNumberWord, wholeText } from '../scalar-rules.js';
import { showJson } from '../show.js';

export type TensorColumnType = 'double' | 'float' | 'integer' | 'long' | 'boolean' | 'string' | 'object';

interface ElementRule {
  readonly type: TensorColumnType;
  read(value: JsonValue, state: ColumnState): unknown | Problem;
}

/** Null if JSON cannot express the dtype. */
export function elementRule(dtype: string): ElementRule | null {
  return RULES.get(dtype) ?? null;
}

const wrong = (value: JsonValue, dtype: string): Problem =>
  new Problem(
    value === null ? 'SCHEMA_NULL' : 'SCHEMA_WRONG_TYPE',
    `the element is ${showJson(value)}, expected ${dtype}`,
    showJson(value),
    dtype,
  );

const numeric =
  (dtype: string, parse: (text: string, state: ColumnState) => unknown) =>
  (value: JsonValue, state: ColumnState): unknown => {
    if (!isNumber(value)) return wrong(value, dtype);
    if (!isNumberWord(value.text)) return parse(value.text, state);
    return new Problem('SCHEMA_NOT_A_NUMBER', `${value.text} is not valid JSON`, value.text, dtype);
  };

const plain = (dtype: string, type: 'string' | 'boolean'): ElementRule => ({
  type,
  read: (value) => (typeof value === type ? value : wrong(value, dtype)),
});

function integers(dtype: string, bits: number, signed: boolean): ElementRule {
  const high = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const range: IntegerRange = { name: dtype, low: signed ? -high - 1n : 0n, high };
  // A long holds int64; larger uint64 values stay in an object column.
  const type = bits > 32 ? (signed ? 'long' : 'object') : bits === 32 && !signed ? 'long' : 'integer';
  return {
    type,
    read: numeric(dtype, (text, state) => {
      const whole = wholeText(text, range, state);
      return typeof whole === 'bigint' && type === 'integer' ? Number(whole) : whole;
    }),
  };
}

const RULES = new Map<string, ElementRule>([
  ['float64', { type: 'double', read: numeric('float64', doubleOf) }],
  ['float32', { type: 'float', read: numeric('float32', floatOf) }],
  ['float16', { type: 'float', read: numeric('float16', halfOf) }],
  ['bool', plain('bool', 'boolean')],
  ['str', plain('str', 'string')],
  ...[8, 16, 32, 64].flatMap((bits): [string, ElementRule][] => [
    [`int${bits}`, integers(`int${bits}`, bits, true)],
    [`uint${bits}`, integers(`uint${bits}`, bits, false)],
  ]),
]);

/** IEEE 754 binary16: 11 significant bits, at most 65504. */
function halfOf(text: string): number | Problem {
  const value = Number(text);
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value) || 1)), -14);
  const unit = 2 ** (exponent - 10);
  const units = value / unit;
  const down = Math.floor(units);
  const rest = units - down;
  const rounded = (rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down) * unit;
  const lossy = (why: string): Problem => new Problem('SCHEMA_LOSSY_CAST', `${text} ${why}`, text, 'float16');
  if (!(Math.abs(rounded) <= 65504)) return lossy('overflows float16');
  if (rounded === 0 && value !== 0) return lossy('underflows to 0 in a float16');
  return isIntegerSpelling(text) && rounded !== value ? lossy('has no exact float16') : rounded;
}
