// Turns a few rows of an example into many random ones of the same types: near the example, far from it, on the edges at which a
// model decides, and with gaps. The same example gives the same rows.
import type { Column, Table } from '../../data/table.js';
import { takeRows } from '../../data/take-rows.js';
import { MT19937 } from '../../training/mt19937.js';
import type { Edges } from './edges-of.js';

/** `optional`: the columns that may have gaps though they do not hold floats. A tensor is one column of lists. */
export function randomRows(example: Table, rows: number, edges: Edges, optional: ReadonlySet<string>): Table {
  const draw = new Draw();
  const drawn = takeRows(
    example,
    Int32Array.from({ length: rows }, () => draw.below(example.rows)),
  );
  const [only] = drawn.columns;
  if (drawn.columns.length === 1 && only?.type === 'object')
    return { rows, columns: [changedLists(only, edges, draw)] };
  const gaps = Int32Array.from({ length: rows }, () => (draw.below(10) === 0 ? draw.below(drawn.columns.length) : -1));
  const columns = drawn.columns.map((column, j) => {
    const changed = changedColumn(column, edges.numbers.get(j) ?? [], edges.texts, draw);
    const mayHave = optional.has(column.name) || column.type === 'double' || column.type === 'float';
    return mayHave ? withGaps(changed, gaps, j, optional.has(column.name)) : changed;
  });
  return { rows, columns };
}

/** Not for secrets: it must give the same rows on every machine. */
class Draw {
  readonly #bits = new MT19937(12);

  below(count: number): number {
    return Math.floor((this.#bits.uint32() / 2 ** 32) * count);
  }

  /** Between −1 and 1, most near 0. */
  spread(): number {
    const uniform = () => this.#bits.uint32() / 2 ** 32;
    return uniform() + uniform() + uniform() - 1.5;
  }
}

/** What is missing stays missing. */
function changedColumn(column: Column, edges: readonly number[], texts: readonly string[], draw: Draw): Column {
  const { nulls } = column;
  const isMissing = (row: number): boolean => nulls?.[row] === 1;
  const number = (value: number, row: number): number => (isMissing(row) ? value : changedNumber(value, edges, draw));
  const integer = (value: number, row: number): number => (isMissing(row) ? value : changedInteger(value, draw));
  const text = (value: string, row: number): string => (isMissing(row) ? value : changedText(value, texts, draw));
  switch (column.type) {
    case 'double':
      return { ...column, values: column.values.map(number) };
    case 'float':
      return { ...column, values: column.values.map(number) };
    case 'integer':
      return { ...column, values: column.values.map(integer) };
    case 'long':
      return { ...column, values: column.values.map((value, row) => BigInt(integer(Number(value), row))) };
    case 'boolean':
      return { ...column, values: column.values.map(() => draw.below(2)) };
    case 'string':
      return { ...column, values: column.values.map(text) };
    default:
      return column;
  }
}

function changedNumber(value: number, edges: readonly number[], draw: Draw): number {
  const size = Math.max(Math.abs(value), 1e-3);
  const way = draw.below(20);
  if (way < 5) return value;
  if (way < 11) return value + size * draw.spread();
  if (way < 13) return 10 * size * draw.spread();
  if (way === 13) return 0;
  if (edges.length === 0) return value + 0.1 * size * draw.spread();
  const edge = edges[draw.below(edges.length)]!;
  const near = [edge, nextAfter(edge, 1), nextAfter(edge, -1), Math.fround(edge)];
  return near[draw.below(near.length)]!;
}

/** The next float64 above (or below) a finite number. */
function nextAfter(value: number, way: 1 | -1): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += BigInt(way * Math.sign(value));
  return new Float64Array(bits.buffer)[0]!;
}

const changedInteger = (value: number, draw: Draw): number =>
  draw.below(3) === 0 ? value : Math.round(value + Math.max(2, Math.abs(value)) * draw.spread());

function changedText(value: string, texts: readonly string[], draw: Draw): string {
  const way = draw.below(10);
  if (way < 6 || texts.length === 0) return value;
  return way === 9 ? `${value}?` : texts[draw.below(texts.length)]!;
}

function withGaps(column: Column, gaps: Int32Array, place: number, marked: boolean): Column {
  if (!gaps.includes(place)) return column;
  const filled = (value: number, row: number): number => (gaps[row] === place ? Number.NaN : value);
  if (column.type === 'double') return { ...column, values: column.values.map(filled) };
  if (column.type === 'float') return { ...column, values: column.values.map(filled) };
  if (!marked || column.type !== 'string') return column;
  return {
    ...column,
    values: column.values.map((value, row) => (gaps[row] === place ? '' : value)),
    nulls: Uint8Array.from(gaps, (own, row) => Number(own === place || column.nulls?.[row] === 1)),
  };
}

function changedLists(column: Extract<Column, { type: 'object' }>, edges: Edges, draw: Draw): Column {
  const values = column.values.map((list) =>
    Array.isArray(list)
      ? list.map((value: unknown, j) =>
          typeof value === 'number' ? changedNumber(value, edges.numbers.get(j) ?? [], draw) : value,
        )
      : list,
  );
  return { ...column, values };
}
