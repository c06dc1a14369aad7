// Turns what pandas wrote about a frame into a Parquet file into facts: its index, the kind of its labels, and dtypes that
// Parquet does not have. The format: https://pandas.pydata.org/docs/development/developer.html
import { isJsonArray, isJsonObject, JsonSyntaxError, jsonGet, parseJson } from '../json.js';
import type { JsonValue } from '../json-types.js';

export interface PandasMetadata {
  /** Columns that are the index. */
  readonly index: ReadonlySet<string>;
  /** numpy's name of the labels' dtype, `tuple` for labels of several levels; null: text. */
  readonly labels: string | null;
  /** pandas' own dtypes by the column of the file: `Int64`, `boolean`, `string`. */
  readonly extensions: ReadonlyMap<string, string>;
}

const EXTENSION = /^(?:U?Int(?:8|16|32|64)|Float(?:32|64)|boolean|string)$/;
/** The same with Arrow's memory; recognised by its name in lower case. */
const ARROW = /^(?<name>u?int(?:8|16|32|64)|float|double|bool)\[pyarrow\]$/;
const NULLABLE = new Map([
  ['float', 'Float32'],
  ['double', 'Float64'],
  ['bool', 'boolean'],
]);

export function readPandasMetadata(text: string): PandasMetadata | null {
  const json = parsed(text);
  if (!isJsonObject(json)) return null;
  const extensions = new Map<string, string>();
  for (const column of itemsOf(jsonGet(json, 'columns'))) {
    const field = textOf(column, 'field_name') ?? textOf(column, 'name');
    const dtype = textOf(column, 'numpy_type');
    if (field === null || dtype === null) continue;
    const arrow = ARROW.exec(dtype)?.groups?.name;
    if (EXTENSION.test(dtype)) extensions.set(field, dtype);
    else if (arrow !== undefined) {
      const nullable = NULLABLE.get(arrow) ?? arrow.replace(/int/, 'Int').replace(/^u/, 'U');
      extensions.set(field, nullable);
    }
  }
  const index = new Set(itemsOf(jsonGet(json, 'index_columns')).filter((name) => typeof name === 'string'));
  const levels = itemsOf(jsonGet(json, 'column_indexes'));
  const labels = levels.length > 1 ? 'tuple' : textOf(levels[0], 'numpy_type');
  return { index, labels, extensions };
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text, { python: true, maxDepth: 32 });
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  }
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

function textOf(value: JsonValue | undefined, key: string): string | null {
  if (!isJsonObject(value)) return null;
  const found = jsonGet(value, key);
  return typeof found === 'string' ? found : null;
}
