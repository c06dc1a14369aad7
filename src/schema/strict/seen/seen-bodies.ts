// Turns a body that differs from one before only in its numbers into the same table with these numbers, without parsing it again:
// the clients of a service send one shape, thousands of times a second.
import type { Column, Table } from '../../../data/table.js';
import type { CastResult } from '../../cast-types.js';
import { type BodyShape, bodyOf, NumberReader, shapeOf } from './body-shape.js';

type Cast = (body: Buffer) => CastResult;
type Accepted = Extract<CastResult, { ok: true }>;

interface Seen {
  readonly shape: BodyShape;
  /** Names and types of the columns, and the params. */
  readonly example: Accepted;
  /** Which number of a row each column takes. */
  readonly places: readonly number[];
}

const MOST_SHAPES = 4;
/** Shapes that are learned and never seen again; each that is seen again is one more. */
const MOST_FRUITLESS = 32;
const MOST_CELLS = 2 ** 18;
const MOST_LEARNED_CELLS = 2 ** 14;
const MOST_HEAD_BYTES = 2 ** 16;

/** One reader for all: nothing waits while a body is read. */
const reader = new NumberReader();

export class SeenBodies {
  readonly #cast: Cast;
  #seen: readonly Seen[] = [];
  #tries = MOST_FRUITLESS;

  /** `cast` judges any body, and alone decides what is accepted. */
  constructor(cast: Cast) {
    this.#cast = cast;
  }

  cast(bytes: Uint8Array): CastResult {
    const body = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const seen of this.#seen) {
      const result = castAlike(body, seen);
      if (result === null) continue;
      if (this.#tries < MOST_FRUITLESS) this.#tries++;
      return result;
    }
    const result = this.#cast(body);
    if (result.ok && this.#tries > 0) this.#learn(body, result);
    return result;
  }

  /** The caster is asked with numbers that tell the places apart. */
  #learn(body: Buffer, accepted: Accepted): void {
    const { table } = accepted;
    if (!isNumeric(accepted) || table.rows * table.columns.length > MOST_LEARNED_CELLS) return;
    this.#tries--;
    const shape = shapeOf(body, table.rows, table.columns.length);
    if (shape === null || shape.head.length > MOST_HEAD_BYTES) return;
    let places: readonly number[] = [];
    for (const rows of shape.between === null ? [1] : [1, 3]) {
      const numbers = Array.from({ length: rows * table.columns.length }, (_, i) => i);
      const asked = this.#cast(bodyOf(shape, numbers));
      if (!asked.ok || !isNumeric(asked) || !isLike(asked.table, table)) return;
      if (rows === 1) places = asked.table.columns.map(({ values }) => Number(values[0]));
      if (!holds(asked.table, rows, places)) return;
    }
    this.#seen = [{ shape, example: accepted, places }, ...this.#seen].slice(0, MOST_SHAPES);
  }
}

const NUMERIC: ReadonlySet<Column['type']> = new Set(['double', 'float', 'integer', 'long']);

const isNumeric = ({ table, kept = [], warnings }: Accepted): boolean =>
  warnings.length === 0 &&
  kept.length === 0 &&
  table.columns.every(({ type, nulls }) => NUMERIC.has(type) && nulls === undefined);

const isLike = ({ columns }: Table, other: Table): boolean =>
  columns.length === other.columns.length &&
  columns.every(({ name, type }, c) => name === other.columns[c]!.name && type === other.columns[c]!.type);

/** The numbers from 0 on, row after row. */
const holds = ({ columns, ...table }: Table, rows: number, places: readonly number[]): boolean =>
  table.rows === rows &&
  columns.every(({ values }, c) =>
    Array.from(values as ArrayLike<unknown>).every((value, row) => Number(value) === row * columns.length + places[c]!),
  );

function castAlike(body: Buffer, { shape, example, places }: Seen): Accepted | null {
  const rows = reader.read(body, shape);
  if (rows === 0 || rows * places.length > MOST_CELLS) return null;
  const columns: Column[] = [];
  const { columns: like } = example.table;
  for (let c = 0; c < like.length; c++) {
    const read = columnOf(like[c]!, places[c]!, rows, like.length);
    if (read === null) return null;
    columns.push(read);
  }
  return { ok: true, table: { rows, columns }, params: example.params, warnings: [] };
}

/** Null if the type does not hold one of the numbers, which the caster says better. */
function columnOf({ name, type }: Column, place: number, rows: number, width: number): Column | null {
  const { values: given, whole } = reader;
  if (type === 'double') {
    const values = new Float64Array(rows);
    for (let row = 0, at = place; row < rows; row++, at += width) values[row] = given[at]!;
    return { name, type, values };
  }
  if (type === 'float') {
    const values = new Float32Array(rows);
    for (let row = 0, at = place; row < rows; row++, at += width) {
      const value = given[at]!;
      values[row] = value;
      const float = values[row]!;
      // Nothing overflows, underflows or loses digits of a whole number.
      if (float - float !== 0 || (float === 0 && value !== 0) || (whole[at] === 1 && float !== value)) return null;
    }
    return { name, type, values };
  }
  const values = type === 'integer' ? new Int32Array(rows) : new BigInt64Array(rows);
  for (let row = 0, at = place; row < rows; row++, at += width) {
    const value = given[at]!;
    if (whole[at] === 0 || !Number.isSafeInteger(value)) return null;
    if (values instanceof BigInt64Array) values[row] = BigInt(value);
    else {
      values[row] = value;
      if (values[row] !== value) return null;
    }
  }
  return { name, type, values } as Column;
}
