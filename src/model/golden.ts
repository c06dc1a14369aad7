// Turns the model's answer to its input example into `golden_predictions.json` and back; `smoke` compares with it later.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { formatNanoseconds } from './cell-json.js';
import { GOLDEN_TOLERANCE } from './golden-tolerance.js';
import type { GoldenPredictions } from './types.js';

export const GOLDEN_FILE = 'golden_predictions.json';
/** The file is read as a whole. */
const MAX_GOLDEN_BYTES = 64 * 1024 * 1024;

/** A value as JSON without loss: integers that a reader would round are their digits, and what JSON has no number for is a word. */
function goldenValue(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(goldenValue);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) record[key] = goldenValue(item);
  return record;
}

function valuesOf(column: Table['columns'][number], rows: number): unknown[] {
  return Array.from({ length: rows }, (_, row) => {
    if (column.nulls?.[row] === 1) return null;
    switch (column.type) {
      case 'boolean':
        return column.values[row] === 1;
      case 'datetime':
        return formatNanoseconds(column.values[row] ?? 0n);
      default:
        return goldenValue(column.values[row]);
    }
  });
}

/** Predictions of the input example as they are recorded. */
export function goldenOf(predictions: Table, tolerance = GOLDEN_TOLERANCE): GoldenPredictions {
  const record: Record<string, unknown[]> = Object.create(null);
  for (const column of predictions.columns) record[column.name] = valuesOf(column, predictions.rows);
  return { format: 'mlctl.golden/1', tolerance, predictions: record };
}

export function formatGolden(golden: GoldenPredictions): string {
  return `${JSON.stringify(golden, null, 2)}\n`;
}

/** Throws PACKAGE_INVALID. */
export function parseGolden(text: string): GoldenPredictions {
  const invalid = (why: string): never => {
    throw new MlctlError('PACKAGE_INVALID', `${GOLDEN_FILE} ${why}`, {
      hint: 'log the model again to record its predictions anew',
    });
  };
  if (text.length > MAX_GOLDEN_BYTES) invalid(`is larger than ${MAX_GOLDEN_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid('is not a JSON object');
  const { format, tolerance, predictions } = value as Record<string, unknown>;
  if (format !== 'mlctl.golden/1') return invalid('has an unknown format; expected mlctl.golden/1');
  if (typeof tolerance !== 'number' || !(tolerance >= 0)) return invalid('has no tolerance');
  if (typeof predictions !== 'object' || predictions === null || Array.isArray(predictions))
    return invalid('has no predictions');
  const record: Record<string, unknown[]> = Object.create(null);
  let rows: number | undefined;
  for (const [name, values] of Object.entries(predictions)) {
    if (!Array.isArray(values)) return invalid('has a column that is not a list');
    if (rows !== undefined && values.length !== rows) return invalid('has columns of different lengths');
    rows = values.length;
    record[name] = values;
  }
  return { format, tolerance, predictions: record };
}
