// Turns predictions into the text that the scoring server answers: Python's JSON, `{"predictions": …}`.
import { pythonJsonString } from '../data/json-format.js';
import { keyOf } from '../schema/mlflow/column-names.js';
import { dtypeKind, unitOf } from '../schema/mlflow/numpy/dtype.js';
import { toList } from '../schema/mlflow/numpy/numpy-array.js';
import { convertUnit } from '../schema/mlflow/numpy/numpy-set.js';
import { dateText, dateTimeText } from '../schema/mlflow/python/python-dates.js';
import { reprFloat } from '../schema/mlflow/python/python-float.js';
import { timestampText } from '../schema/mlflow/python/python-repr.js';
import {
  type DataFrame,
  type NdArray,
  PyDict,
  type PyObject,
  type PyValue,
} from '../schema/mlflow/python/python-value.js';

interface FormatOptions {
  /** The LLM form: the predictions alone. */
  readonly unwrapped?: boolean;
}

/** Python's json cannot write the value: the server answers 500. */
class Unserialisable extends Error {}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

/** `base64.encodebytes`: a line break after every 76 letters and at the end. */
function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 57) text += `${Buffer.from(bytes.subarray(i, i + 57)).toString('base64')}\n`;
  return text;
}

function keyText(key: PyValue): string {
  if (typeof key === 'string') return pythonJsonString(key);
  if (key === null) return '"null"';
  if (typeof key === 'boolean' || typeof key === 'bigint') return `"${key}"`;
  if (typeof key === 'number') return `"${floatText(key)}"`;
  throw new Unserialisable();
}

function write(value: PyValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return pythonJsonString(value);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (value instanceof Uint8Array) return pythonJsonString(encodeBytes(value));
  if (value instanceof PyDict)
    return `{${[...value.map].map(([key, item]) => `${keyText(key)}: ${write(item)}`).join(', ')}}`;
  return writeObject(value);
}

function writeObject(value: PyObject): string {
  switch (value.kind) {
    case 'tuple':
      return write(value.items);
    case 'bytearray':
      return write(value.bytes);
    case 'nat':
      return '"NaT"';
    case 'timestamp':
      return `"${timestampText(value.ns, value.tz, 'T')}"`;
    case 'datetime':
      return `"${dateTimeText(value.us * 1000n)}"`;
    case 'date':
      return `"${dateText(value.days)}"`;
    case 'scalar':
      return write(item(value.value, value.dtype));
    case 'ndarray':
      return write(arrayList(value));
    default:
      throw new Unserialisable();
  }
}

/** The encoder goes through an object array's list; one without dimensions is just its value. */
function arrayList(array: NdArray): PyValue {
  if (array.dtype !== 'object' || array.shape.length > 0) return toList(array, item);
  const held = array.data[0]!;
  if (typeof held === 'string') return [...held];
  if (held instanceof PyDict) return [...held.map.keys()];
  if (Array.isArray(held)) return held;
  throw new Unserialisable();
}

/** `ndarray.tolist()`: dates of nanoseconds are their count, coarser ones datetimes. */
function item(value: PyValue, dtype: string): PyValue {
  if (dtypeKind(dtype) !== 'M' || value === null) return value;
  const unit = unitOf(dtype);
  return unit === 'ns' ? value : { kind: 'timestamp', ns: convertUnit(value as bigint, unit, 'ns') };
}

/** `to_dict("records")`: if names repeat, the last one wins. */
function records(frame: DataFrame): PyValue {
  if (frame.columns.length === 0) return [];
  const cells = frame.columns.map(({ dtype, data }) =>
    data.map((value): PyValue => {
      if (dtypeKind(dtype) === 'M')
        return value === null
          ? { kind: 'nat' }
          : { kind: 'timestamp', ns: convertUnit(value as bigint, unitOf(dtype), 'ns') };
      return value === null && dtype === 'str' ? Number.NaN : value;
    }),
  );
  return Array.from({ length: frame.rows }, (_, row) => {
    const dict = new PyDict();
    for (const [i, column] of frame.columns.entries()) dict.map.set(keyOf(column.name), cells[i]![row]!);
    return dict;
  });
}

function jsonable(value: PyValue): PyValue {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return value;
  if (value.kind === 'dataframe') return records(value);
  if (value.kind === 'series')
    return records({ kind: 'dataframe', rows: value.data.length, columns: [{ ...value, name: value.name ?? 0n }] });
  return value.kind === 'ndarray' ? toList(value as NdArray, item) : value;
}

/** Null if Python's json cannot write them (the server then answers 500). */
export function formatPredictions(predictions: PyValue, options: FormatOptions = {}): string | null {
  try {
    const text = write(jsonable(predictions));
    return options.unwrapped ? text : `{"predictions": ${text}}`;
  } catch (error) {
    if (error instanceof Unserialisable) return null;
    throw error;
  }
}
