// A recorded case of fixtures/estimators/ as plain values: typed arrays, numbers beyond JSON, 64-bit integers, tables.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Table } from '../../src/data/table.js';
import type { Estimator } from '../../src/estimators/types.js';
import { ROOT } from '../support/paths.js';

export interface EstimatorCase {
  readonly estimator: Estimator;
  readonly rows: Table;
  /** What scikit-learn answers to the rows, or that it refuses them. */
  readonly answer: Table | { readonly refused: string };
  readonly bound: number;
  readonly names: boolean;
  /** How the same is trained here; null where it is only evaluated. */
  readonly training: {
    readonly recipe: string;
    readonly data: Table;
    readonly bound: number;
    readonly loose: readonly string[];
  } | null;
}

export const FOLDER = join(ROOT, 'fixtures', 'estimators');

export const folders = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .sort();

export const casesOf = (kind: string): string[] =>
  readdirSync(join(FOLDER, kind))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

/** The document as it was written. */
export const recorded = (kind: string, name: string): unknown =>
  JSON.parse(readFileSync(join(FOLDER, kind, `${name}.json`), 'utf8'));

export const readCase = (kind: string, name: string): EstimatorCase => decoded(recorded(kind, name)) as EstimatorCase;

const ARRAYS = { float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Record<string, unknown>;
  const [key] = Object.keys(map);
  if ('number' in map)
    return { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }[String(map.number)];
  if ('long' in map) return (map.long as string[]).map(BigInt);
  if ('string' in map) return map.string;
  if (key !== undefined && key in ARRAYS)
    return ARRAYS[key as keyof typeof ARRAYS].from((map[key] as unknown[]).map(decoded) as number[]);
  if (Array.isArray(map.columns) && typeof map.rows === 'number')
    return { rows: map.rows, columns: map.columns.map(columnOf) };
  return Object.fromEntries(Object.entries(map).map(([name, inner]) => [name, decoded(inner)]));
}

function columnOf({ name, type, values }: { name: string; type: Column['type']; values: unknown[] }): Column {
  const given = values.map(decoded);
  switch (type) {
    case 'double':
      return { name, type, values: Float64Array.from(given as number[]) };
    case 'float':
      return { name, type, values: Float32Array.from(given as number[]) };
    case 'long':
      return { name, type, values: BigInt64Array.from((given as string[]).map(BigInt)) };
    case 'boolean':
      return { name, type, values: Uint8Array.from(given as boolean[], Number) };
    default: {
      const texts = (given as (string | null)[]).map((text) => text ?? '');
      const nulls = Uint8Array.from(given, (text) => (text === null ? 1 : 0));
      return { name, type: 'string', values: texts, ...(nulls.includes(1) ? { nulls } : {}) };
    }
  }
}
