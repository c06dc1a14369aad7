// Turns a body that differs from one before only in its numbers into the same table with these numbers, without parsing it again:
// the clients of a service send one shape, thousands of times a second.
import { keepsFloat } from '../../../data/keeps-float.js';
import type { Column, Table } from '../../../data/table.js';
import { MlctlError } from '../../../errors/error.js';
import type { CastResult } from '../../cast-types.js';
import { type BodyShape, bodyOf, NumberReader, shapeOf } from './body-shape.js';

type Accepted = Extract<CastResult, { ok: true }>;
type Refused = Extract<CastResult, { ok: false }>;

interface How<A> {
  /** Numbers in a list under this key are not cells. */
  readonly fixed?: string;
  /** Whether a cell is what its number says, whatever the number. */
  isExact?(accepted: A): boolean;
}

interface Seen<A> {
  readonly shape: BodyShape;
  /** Names and types of the columns, and all else that numbers do not decide. */
  readonly example: A;
  /** How many rows of the table one row of the shape holds. */
  readonly unit: number;
  /** Column after column: which numbers of a row of the shape it takes. */
  readonly places: readonly (readonly number[])[];
}

const MOST_SHAPES = 4;
/** Shapes that are learned and never seen again; each that is seen again is one more. */
const MOST_FRUITLESS = 32;
const MOST_CELLS = 2 ** 18;
const MOST_LEARNED_CELLS = 2 ** 14;
const MOST_HEAD_BYTES = 2 ** 16;

/** One reader for all: nothing waits while a body is read. */
const reader = new NumberReader();

export class SeenBodies<A extends Accepted = Accepted> {
  readonly #cast: (body: Buffer) => A | Refused;
  readonly #how: How<A>;
  #seen: readonly Seen<A>[] = [];
  #tries = MOST_FRUITLESS;

  /** `cast` judges any body, and alone decides what is accepted. */
  constructor(cast: (body: Buffer) => A | Refused, how: How<A> = {}) {
    this.#cast = cast;
    this.#how = how;
  }

  cast(bytes: Uint8Array): A | Refused {
    const body = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const seen of this.#seen) {
      const table = tableAlike(body, seen);
      if (table === null) continue;
      if (this.#tries < MOST_FRUITLESS) this.#tries++;
      return { ...seen.example, table };
    }
    const result = this.#cast(body);
    if (result.ok && this.#tries > 0) this.#learn(body, result);
    return result;
  }

  #learn(body: Buffer, accepted: A): void {
    const { rows, columns } = accepted.table;
    if (!isNumeric(accepted) || rows * columns.length > MOST_LEARNED_CELLS) return;
    if (this.#how.isExact?.(accepted) === false) return;
    this.#tries--;
    try {
      const seen =
        this.#ask(shapeOf(body, rows, columns.length, this.#how.fixed), 1, accepted) ??
        this.#ask(shapeOf(body, 1, rows * columns.length, this.#how.fixed), rows, accepted);
      if (seen !== null) this.#seen = [seen, ...this.#seen].slice(0, MOST_SHAPES);
    } catch (error) {
      // The body itself was accepted.
      if (!(error instanceof MlctlError)) throw error;
    }
  }

  /** The caster is asked with numbers that tell the places apart; null if they do not arrive as they should. */
  #ask(shape: BodyShape | null, unit: number, example: A): Seen<A> | null {
    if (shape === null || shape.head.length > MOST_HEAD_BYTES) return null;
    const width = shape.gaps.length + 1;
    let places: readonly (readonly number[])[] = [];
    for (const times of shape.between === null ? [1] : [1, 3]) {
      const asked = this.#cast(
        bodyOf(
          shape,
          Array.from({ length: times * width }, (_, i) => i),
        ),
      );
      if (!asked.ok || !isNumeric(asked) || !isLike(asked.table, example.table)) return null;
      const found = asked.table.columns.map(({ values }) => Array.from(values as ArrayLike<unknown>, Number));
      if (times === 1) places = found;
      const wanted = places.map((of) => Array.from({ length: times * unit }, (_, row) => placeOf(of, row, width)));
      if (asked.table.rows !== times * unit || String(found) !== String(wanted)) return null;
    }
    return { shape, example, unit, places };
  }
}

/** Of the number that row `row` takes; `of`: those of one row of the shape. */
const placeOf = (of: readonly number[], row: number, width: number): number =>
  Math.floor(row / of.length) * width + of[row % of.length]!;

const NUMERIC: ReadonlySet<Column['type']> = new Set(['double', 'float', 'integer', 'long']);

const isNumeric = ({ table, kept = [], warnings }: Accepted): boolean =>
  warnings.length === 0 &&
  kept.length === 0 &&
  table.columns.every(({ type, nulls }) => NUMERIC.has(type) && nulls === undefined);

const isLike = ({ columns }: Table, other: Table): boolean =>
  columns.length === other.columns.length &&
  columns.every(({ name, type }, c) => name === other.columns[c]!.name && type === other.columns[c]!.type);

function tableAlike(body: Buffer, { shape, example, unit, places }: Seen<Accepted>): Table | null {
  const rows = reader.read(body, shape, MOST_CELLS) * unit;
  if (rows === 0) return null;
  const { columns: like } = example.table;
  const width = shape.gaps.length + 1;
  const columns: Column[] = [];
  for (let c = 0; c < like.length; c++) {
    const column = columnOf(like[c]!, places[c]!, rows, width);
    if (column === null) return null;
    columns.push(column);
  }
  return { rows, columns };
}

/** Null if the type does not hold one of the numbers, which the caster says better. */
function columnOf({ name, type }: Column, of: readonly number[], rows: number, width: number): Column | null {
  const { values: given, whole } = reader;
  const values = storageOf(type, rows);
  for (let row = 0; row < rows; row++) {
    const at = of.length === 1 ? row * width + of[0]! : placeOf(of, row, width);
    const value = given[at]!;
    if (values instanceof BigInt64Array) {
      if (whole[at] === 0 || !Number.isSafeInteger(value)) return null;
      values[row] = BigInt(value);
      continue;
    }
    values[row] = value;
    if (type !== 'double' && !isKept(value, values[row]!, type, whole[at] === 1)) return null;
  }
  return { name, type, values } as Column;
}

function storageOf(type: Column['type'], rows: number) {
  if (type === 'double') return new Float64Array(rows);
  if (type === 'float') return new Float32Array(rows);
  return type === 'integer' ? new Int32Array(rows) : new BigInt64Array(rows);
}

function isKept(value: number, stored: number, type: Column['type'], isWhole: boolean): boolean {
  return type === 'integer' ? isWhole && stored === value : keepsFloat(value, stored, isWhole);
}
