// Turns one cell of a column into text: the same numbers, dates and bytes in CSV and JSON, quoted as each requires.
import type { Column } from '../table.js';
import type { RowBytes } from './row-bytes.js';
import { MOST_DOUBLE_BYTES, writeDouble } from './write-double.js';
import { writeFloat } from './write-float.js';
import { MOST_INTEGER_BYTES, writeInteger } from './write-integer.js';

export type CellWriter = (row: number) => void;
type TextForm = 'csv' | 'json';

/**
 * Doubles and floats: shortest digits, `1.0` for whole numbers. JSON has no NaN or Infinity: there they are the strings
 * "NaN", "Infinity", "-Infinity", in CSV the bare words. Missing cells are empty in CSV and null in JSON. Longs are exact
 * digits, datetimes ISO 8601 without a zone, binary base64, nested values JSON.
 */
export function cellWriter(column: Column, out: RowBytes, form: TextForm, delimiter = ','): CellWriter {
  const plain = plainWriter(column, out, form, delimiter);
  const { nulls } = column;
  if (nulls === undefined) return plain;
  const missing = form === 'csv' ? '' : 'null';
  return (row) => (nulls[row] === 1 ? out.text(missing) : plain(row));
}

function plainWriter(column: Column, out: RowBytes, form: TextForm, delimiter: string): CellWriter {
  switch (column.type) {
    case 'double': {
      const { values } = column;
      return numbers(values, form, out, (row) => writeDouble(values, row, out.view, out.at));
    }
    case 'float': {
      const { values } = column;
      return numbers(values, form, out, (row) => writeFloat(values, row, out.view, out.at));
    }
    case 'integer': {
      const { values } = column;
      return (row) => integer(values[row]!, out);
    }
    case 'long': {
      const { values } = column;
      const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
      return (row) => {
        const low = halves[row * 2]!;
        if (halves[row * 2 + 1] === low >> 31) integer(low, out);
        else out.text(String(values[row]));
      };
    }
    case 'boolean': {
      const { values } = column;
      return (row) => out.text(values[row] === 1 ? 'true' : 'false');
    }
    case 'string': {
      const { values } = column;
      return form === 'csv'
        ? (row) => out.text(csvText(values[row]!, delimiter))
        : (row) => out.text(jsonString(values[row]!));
    }
    case 'binary': {
      const { values } = column;
      const quote = form === 'csv' ? '' : '"';
      return (row) => out.text(`${quote}${Buffer.from(values[row]!).toString('base64')}${quote}`);
    }
    case 'datetime': {
      const { values } = column;
      const quote = form === 'csv' ? '' : '"';
      return (row) => out.text(`${quote}${isoText(values[row]!)}${quote}`);
    }
    case 'object': {
      const { values } = column;
      return (row) => {
        const text = nestedText(values[row]);
        out.text(form === 'csv' ? (values[row] === null ? '' : csvText(text, delimiter)) : text);
      };
    }
  }
}

/** As an escape in JSON, so that whoever reads the log of a CI job does not take `##[` for a command. */
export const jsonString = (text: string): string => JSON.stringify(text).replaceAll('##', '#\\u0023');

/**
 * A text that would read as another value (empty is missing), break the row or, at the beginning of a line, be a command to a CI
 * runner is quoted.
 */
export function csvText(text: string, delimiter: string): string {
  return text === '' || /["\r\n]|^\s*::/.test(text) || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

function isoText(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (nanoseconds - fraction) / 1_000_000_000n;
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  if (fraction === 0n) return text;
  return `${text}.${String(fraction)
    .padStart(9, '0')
    .replace(/(?:000){1,2}$/, '')}`;
}

/** Nested values as JSON without loss: bigint as digits, NaN and Infinity as strings. */
export function nestedText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${value}"`;
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`;
  if (Array.isArray(value)) return `[${value.map(nestedText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return `{${entries.map(([key, item]) => `${jsonString(String(key))}:${nestedText(item)}`).join(',')}}`;
  }
  return typeof value === 'string' ? jsonString(value) : (JSON.stringify(value) ?? 'null');
}

function numbers(
  values: Float64Array | Float32Array,
  form: TextForm,
  out: RowBytes,
  write: (row: number) => number,
): CellWriter {
  return (row) => {
    if (form === 'json' && values[row]! - values[row]! !== 0) out.text(`"${values[row]}"`);
    else {
      out.reserve(MOST_DOUBLE_BYTES);
      out.at = write(row);
    }
  };
}

function integer(value: number, out: RowBytes): void {
  out.reserve(MOST_INTEGER_BYTES);
  out.at = writeInteger(value, out.view, out.at);
}
