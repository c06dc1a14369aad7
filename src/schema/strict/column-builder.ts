// Turns cells into one typed column, one by one; a refused cell leaves a Problem, and its slot goes to the next row.
import type { JsonValue } from '../../data/json-types.js';
import type { Column } from '../../data/table.js';
import type { ColumnSpec, ColumnType, ScalarName } from '../types.js';
import { ColumnState } from './column-state.js';
import { csvValue } from './csv-value.js';
import { nestedValue } from './nested-value.js';
import { Problem } from './problem.js';
import { SCALAR_RULES, type ScalarValue } from './scalar-rules.js';
import { showText } from './show.js';

/** Types that have a missing value (NaN, None, NaT) in MLflow; the others refuse null even if they are optional. */
const NULLABLE: ReadonlySet<ScalarName> = new Set(['double', 'float', 'string', 'datetime']);

export function acceptsNull(type: ColumnType): boolean {
  return type.kind !== 'scalar' || NULLABLE.has(type.scalar);
}

/** A complex column whose `required` was left out is optional in MLflow by accident; strict treats it as required. */
export const isRequired = (spec: ColumnSpec): boolean => spec.required || spec.requiredStated === false;

/** Expected in the place of a word for a missing value, if the column may have one. */
export const EMPTY_CELL = 'an empty cell';

type Storage = Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array | unknown[];

export class ColumnBuilder {
  readonly name: string;
  readonly spec: ColumnSpec;
  readonly scalar: ScalarName | undefined;
  readonly state = new ColumnState();
  values: Storage = [];
  #nulls: Uint8Array | undefined;
  #capacity = 0;
  readonly #decimal: '.' | ',';

  /** `decimal`: the mark in numbers of a CSV file. */
  constructor(name: string, spec: ColumnSpec, decimal: '.' | ',' = '.') {
    this.name = name;
    this.#decimal = decimal;
    this.spec = spec;
    this.scalar = spec.type.kind === 'scalar' ? spec.type.scalar : undefined;
  }

  start(capacity: number): void {
    this.#capacity = capacity;
    this.#nulls = undefined;
    this.values = storageFor(this.scalar, capacity);
  }

  /** `undefined`: the key is absent. */
  setJson(slot: number, value: JsonValue | undefined): Problem | null {
    if (value === undefined || value === null) return this.setNull(slot, value === undefined);
    if (this.scalar === undefined) {
      const nested = nestedValue(value, this.spec.type);
      if (nested instanceof Problem) return nested;
      return this.#presence(true) ?? this.#store(slot, nested);
    }
    const plain = SCALAR_RULES[this.scalar](value, this.state);
    if (plain instanceof Problem) return plain;
    return this.#presence(true) ?? this.#store(slot, plain);
  }

  setText(slot: number, text: string, quoted: boolean): Problem | null {
    if (this.scalar === undefined) {
      return new Problem('SCHEMA_FORM_CANNOT_CARRY', 'nested columns cannot be sent as CSV', 'CSV', 'JSON');
    }
    const plain = csvValue(text, quoted, this.scalar, this.state, this.#decimal);
    if (plain instanceof Problem) return plain.code === 'SCHEMA_MISSING_WORD' ? this.#missingWord(text, plain) : plain;
    return plain === null ? this.setNull(slot, false) : this.#store(slot, plain);
  }

  /** Whether a missing value would help. */
  #missingWord(text: string, problem: Problem): Problem {
    const shown = `"${showText(text)}"`;
    if (!isRequired(this.spec) && acceptsNull(this.spec.type)) {
      const say = `${shown} would become a missing value: leave the cell empty`;
      return new Problem(problem.code, say, problem.found, EMPTY_CELL);
    }
    if (this.scalar === 'string') return problem;
    const say = `${shown} is a word for a missing value, but each row needs a value here`;
    return new Problem(problem.code, say, problem.found, problem.expected);
  }

  /** A value of the column's own type. */
  setNative(slot: number, value: ScalarValue | unknown): null {
    return this.#store(slot, value);
  }

  /** All of `values[from..to)` at once, if they are doubles with nothing missing, for a double; else false. */
  fillDoubles(values: ArrayLike<unknown>, from: number, to: number): boolean {
    if (this.scalar !== 'double') return false;
    const target = this.values as Float64Array;
    let sum = 0;
    if (values instanceof Float64Array) {
      target.set(values.subarray(from, to));
      for (let i = 0; i < to - from; i++) sum += target[i]! - target[i]!;
    } else {
      for (let i = from; i < to; i++) {
        const value = values[i];
        if (typeof value !== 'number') return false;
        target[i - from] = value;
        sum += value - value;
      }
    }
    // NaN and infinities give NaN.
    return sum === 0;
  }

  setNull(slot: number, absent: boolean): Problem | null {
    const kind = this.scalar ?? this.spec.type.kind;
    if (isRequired(this.spec)) {
      if (this.spec.requiredStated === false) {
        return new Problem(
          'SCHEMA_BAD_SIGNATURE',
          `the signature gives no 'required' for it (complex types then become optional in MLflow), and the value is missing`,
          absent ? 'absent' : 'null',
          kind,
        );
      }
      return absent
        ? new Problem('SCHEMA_MISSING_COLUMN', 'the row does not have this required column', 'absent', kind)
        : new Problem('SCHEMA_NULL', `null in a required ${kind} column`, 'null', kind);
    }
    if (!acceptsNull(this.spec.type)) {
      if (absent) return this.#presence(false);
      const say = `null in a ${kind} column, which has no missing value in MLflow: leave the whole column out or fill it`;
      return new Problem('SCHEMA_NULL', say, 'null', kind);
    }
    this.#nulls ??= new Uint8Array(this.#capacity);
    this.#nulls[slot] = 1;
    if (this.scalar === 'double' || this.scalar === 'float') (this.values as Float64Array)[slot] = Number.NaN;
    else if (this.scalar === 'string') (this.values as string[])[slot] = '';
    else if (this.scalar === undefined) (this.values as unknown[])[slot] = null;
    else (this.values as BigInt64Array)[slot] = 0n;
    return null;
  }

  /** A column without a missing value must be in every row or in none. */
  #presence(present: boolean): Problem | null {
    if (isRequired(this.spec) || acceptsNull(this.spec.type)) return null;
    this.state.present ??= present;
    if (this.state.present === present) return null;
    const say = present
      ? `some rows before have no such column, and ${this.scalar} has no missing value in MLflow`
      : `rows before have this column, this one does not, and ${this.scalar} has no missing value in MLflow`;
    return new Problem('SCHEMA_NULL', say, present ? 'present' : 'absent', present ? 'absent' : 'present');
  }

  #store(slot: number, value: ScalarValue | unknown): null {
    (this.values as unknown[])[slot] = typeof value === 'boolean' && this.scalar === 'boolean' ? Number(value) : value;
    return null;
  }

  /** Removes the mark of a missing value: the row was refused and its slot goes to the next one. */
  unmark(slot: number): void {
    if (this.#nulls !== undefined) this.#nulls[slot] = 0;
  }

  #firstOf(rows: number): Storage {
    return Array.isArray(this.values) ? this.values.slice(0, rows) : this.values.subarray(0, rows);
  }

  finish(rows: number): Column {
    const nulls = this.#nulls?.subarray(0, rows);
    const marks = nulls?.includes(1) ? { nulls } : {};
    const values = this.values.length === rows ? this.values : this.#firstOf(rows);
    return { name: this.name, type: this.scalar ?? 'object', values, ...marks } as unknown as Column;
  }
}

function storageFor(scalar: ScalarName | undefined, capacity: number): Storage {
  switch (scalar) {
    case 'double':
      return new Float64Array(capacity);
    case 'float':
      return new Float32Array(capacity);
    case 'long':
    case 'datetime':
      return new BigInt64Array(capacity);
    case 'integer':
      return new Int32Array(capacity);
    case 'boolean':
      return new Uint8Array(capacity);
    default:
      return [];
  }
}
