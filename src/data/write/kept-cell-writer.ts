// Turns a kept cell into text: in CSV the text itself, in JSON the value; a number keeps its spelling.
import type { JsonNumber, JsonObject, JsonValue } from '../json-types.js';
import type { KeptCells } from '../kept-cells.js';
import { type CellWriter, csvText, jsonString } from './cell-writer.js';
import type { RowBytes } from './row-bytes.js';

export function keptCellWriter(
  { values }: KeptCells,
  out: RowBytes,
  form: 'csv' | 'json',
  delimiter = ',',
): CellWriter {
  if (form === 'json') return (row) => out.text(jsonOf(values[row] ?? null));
  return (row) => {
    const value = values[row] ?? null;
    if (value !== null) out.text(csvText(keptText(value), delimiter));
  };
}

/** The text of a cell that is not missing. */
export function keptText(value: Exclude<JsonValue, null>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return isNumber(value) ? value.text : jsonOf(value);
}

const isNumber = (value: object): value is JsonNumber => 'kind' in value && value.kind === 'number';

/** JSON has no NaN and no Infinity: they are written as text, as in predictions. */
function jsonOf(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jsonString(value);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  const node = value as JsonNumber | JsonObject;
  if (node.kind === 'number') return /^-?[NI]/.test(node.text) ? `"${node.text}"` : node.text;
  return `{${node.entries.map(([key, inner]) => `${jsonString(key)}: ${jsonOf(inner)}`).join(', ')}}`;
}
