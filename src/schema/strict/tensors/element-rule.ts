// One strict rule for each numpy dtype that a JSON value can express: it gives the value to store, or a Problem.
import { type ElementType, elementOfDtype } from '../../../data/element-types.js';
import { halfBits, halfValue } from '../../../data/half-float.js';
import type { JsonValue } from '../../../data/json-types.js';
import { knownDouble, knownFloat } from '../../../data/known-number.js';
import type { ColumnState } from '../column-state.js';
import { doubleOf, floatOf, type IntegerRange, isIntegerSpelling } from '../numbers.js';
import { Problem } from '../problem.js';
import { isNumber, isNumberWord, wholeText } from '../scalar-rules.js';
import { showJson, showNotFinite } from '../show.js';
import { textOf } from '../text-of.js';

type Runs = NonNullable<ElementType['runs']>;
export type TensorColumnType = Runs['column'];

interface ElementRule {
  readonly type: TensorColumnType;
  read(value: JsonValue, state: ColumnState): unknown | Problem;
}

const RULES = new Map<string, ElementRule | null>();

/** Null if JSON cannot express the dtype. */
export function elementRule(dtype: string): ElementRule | null {
  const known = RULES.get(dtype);
  if (known !== undefined) return known;
  const element = elementOfDtype(dtype);
  if (!element?.runs) return null;
  const made = { type: element.runs.column, read: readerOf(dtype, element, element.runs) };
  RULES.set(dtype, made);
  return made;
}

function readerOf(dtype: string, { bits }: ElementType, { kind, column }: Runs): ElementRule['read'] {
  switch (kind) {
    case 'float':
      if (bits === 64) return orElse(knownDouble, numeric(dtype, doubleOf));
      return bits === 32 ? orElse(knownFloat, numeric(dtype, floatOf)) : numeric(dtype, halfOf);
    case 'bool':
      return (value) => (typeof value === 'boolean' ? value : wrong(value, dtype));
    case 'text':
      return (value) => (typeof value === 'string' ? textOf(value) : wrong(value, dtype === 'object' ? 'text' : dtype));
    default:
      return integers(dtype, bits, kind === 'int', column === 'integer');
  }
}

const wrong = (value: JsonValue, dtype: string): Problem =>
  new Problem(
    value === null ? 'SCHEMA_NULL' : 'SCHEMA_WRONG_TYPE',
    `the element is ${showJson(value)}, expected ${dtype}`,
    showJson(value),
    dtype,
  );

/** `known` gives NaN for what it does not know. */
const orElse =
  (known: (value: JsonValue) => number, rule: ElementRule['read']): ElementRule['read'] =>
  (value, state) => {
    const double = known(value);
    return Number.isNaN(double) ? rule(value, state) : double;
  };

const numeric =
  (dtype: string, parse: (text: string, state: ColumnState) => unknown) =>
  (value: JsonValue, state: ColumnState): unknown => {
    if (!isNumber(value)) return wrong(value, dtype);
    if (!isNumberWord(value.text)) return parse(value.text, state);
    return new Problem('SCHEMA_NOT_A_NUMBER', showNotFinite(value), value.text, dtype);
  };

function integers(dtype: string, bits: number, signed: boolean, asNumber: boolean): ElementRule['read'] {
  const high = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const range: IntegerRange = { name: dtype, low: signed ? -high - 1n : 0n, high };
  return numeric(dtype, (text, state) => {
    const whole = wholeText(text, range, state);
    return typeof whole === 'bigint' && asNumber ? Number(whole) : whole;
  });
}

function halfOf(text: string): number | Problem {
  const value = Number(text);
  const half = halfValue(halfBits(value));
  const lossy = (why: string): Problem => new Problem('SCHEMA_LOSSY_CAST', `${text} ${why}`, text, 'float16');
  if (!Number.isFinite(half)) return lossy('overflows float16');
  if (half === 0 && value !== 0) return lossy('underflows to 0 in a float16');
  return isIntegerSpelling(text) && half !== value ? lossy('has no exact float16') : half;
}
