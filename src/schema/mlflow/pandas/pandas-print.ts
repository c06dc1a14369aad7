// Turns a DataFrame into the text pandas prints for it (`str(frame)`), without the breaking of wide tables into parts.
import { reprFloat } from '../python/python-float.js';
import { pyStr } from '../python/python-repr.js';
import type { DataFrame, PyValue, Series } from '../python/python-value.js';

/** Above this many rows pandas prints only the ends. */
const MOST_ROWS = 60;
const EDGE_ROWS = 5;

/** Six digits after the point, without the trailing zeros that all have. */
function floatTexts(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const wide = finite.some((value) => Math.abs(value) >= 1e6 && Math.abs(value) >= 1e15);
  const fixed = finite.map((value) => value.toFixed(6));
  const spare = Math.min(...fixed.map((text) => /0*$/.exec(text)![0].length), 5);
  return values.map((value) => {
    if (Number.isNaN(value)) return 'NaN';
    if (!Number.isFinite(value) || wide) return reprFloat(value);
    return value.toFixed(6 - spare);
  });
}

function cellText(value: PyValue): string {
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : reprFloat(value);
  return pyStr(value);
}

function columnTexts({ dtype, data }: Series, rows: readonly number[]): string[] {
  const values = rows.map((row) => data[row]!);
  if (dtype.startsWith('float')) return floatTexts(values as number[]);
  if (dtype.startsWith('datetime64'))
    return values.map((value) => (value === null ? 'NaT' : pyStr({ kind: 'scalar', dtype, value })));
  return values.map((value) => (value === null && dtype !== 'object' ? 'NaN' : cellText(value)));
}

export function printFrame(frame: DataFrame): string {
  const count = frame.rows;
  const labels = (row: number) => pyStr(frame.index?.[row] ?? BigInt(row));
  if (frame.columns.length === 0 || count === 0) {
    const index = Array.from({ length: count }, (_, row) => labels(row)).join(', ');
    return `Empty DataFrame\nColumns: [${frame.columns.map(({ name }) => pyStr(name)).join(', ')}]\nIndex: [${index}]`;
  }
  const short = count > MOST_ROWS;
  const rows = short
    ? [...Array(EDGE_ROWS).keys(), ...Array.from(Array(EDGE_ROWS).keys(), (i) => count - EDGE_ROWS + i)]
    : [...Array(count).keys()];
  const index = ['', ...rows.map(labels)];
  const columns = frame.columns.map((column) => [pyStr(column.name), ...columnTexts(column, rows)]);
  if (short)
    for (const [i, texts] of [index, ...columns].entries()) texts.splice(EDGE_ROWS + 1, 0, i === 0 ? '..' : '...');
  const width = (texts: readonly string[]) => Math.max(...texts.map((text) => [...text].length));
  const lines = index.map((label, row) => {
    const cells = columns.map((texts) => texts[row]!.padStart(width(texts) + 2));
    return label.padEnd(width(index)) + cells.join('');
  });
  return lines.join('\n') + (short ? `\n\n[${count} rows x ${columns.length} columns]` : '');
}
