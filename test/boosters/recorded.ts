// Recorded cases of boosted models: the package's files, the rows as a table, and Python's answer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { openCatboost } from '../../src/boosters/catboost/open-catboost.js';
import { openLightgbm, openLightgbmWrapper } from '../../src/boosters/lightgbm/open-lightgbm.js';
import type { Answer, OpenBooster, Prediction } from '../../src/boosters/types.js';
import { openXgboost } from '../../src/boosters/xgboost/open-xgboost.js';
import type { Column, Table } from '../../src/data/table.js';
import { handleOf } from './wrapper-text.js';

type Cell = number | string | boolean | null;

interface Recorded {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly Cell[] | readonly (readonly Cell[])[];
}

interface Expected {
  readonly estimator: string;
  readonly input: {
    readonly kind: 'dataframe' | 'ndarray';
    readonly columns?: readonly { readonly name: string; readonly dtype: string }[];
    readonly rows: readonly (readonly Cell[])[];
  };
  readonly output: Recorded;
  readonly raw: Readonly<Record<string, Recorded>> | null;
  readonly classes: Recorded | null;
}

export interface Case {
  readonly name: string;
  readonly folder: string;
}

/** The cases of `root` whose names begin with `prefix`. */
export function casesOf(root: string, prefix: string): Case[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => name.startsWith(prefix) && existsSync(join(root, name, 'expected.json')))
    .map((name) => ({ name, folder: join(root, name) }));
}

export const expectedOf = ({ folder }: Case): Expected =>
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;

/** Opens the model of a package folder by its flavor. */
export function openCase(folder: string, expected?: Expected): OpenBooster {
  const model = load(readFileSync(join(folder, 'model', 'MLmodel'), 'utf8')) as {
    flavors: Record<string, Record<string, unknown>>;
  };
  const [library, facts] = Object.entries(model.flavors).find(([name]) => name !== 'python_function')!;
  const file = String(facts['data']);
  const bytes = readFileSync(join(folder, 'model', file));
  if (library === 'xgboost') return openXgboost(bytes, facts, file);
  if (library === 'catboost') return openCatboost(bytes, facts, file);
  const name = String(facts['model_class'] ?? 'lightgbm.basic.Booster');
  if (name === 'lightgbm.basic.Booster') return openLightgbm(bytes, facts, file);
  const kind = /Classifier$/.test(name) ? 'classifier' : /Ranker$/.test(name) ? 'ranker' : 'regressor';
  const classes = expected?.classes ? { classes: answerOf(expected.classes) } : {};
  return openLightgbmWrapper({ text: handleOf(bytes), kind, bestIteration: -1, ...classes }, file);
}

function answerOf({ dtype, data }: Recorded): Answer {
  const flat = data.flat() as Cell[];
  if (dtype === 'int64') return { dtype, values: BigInt64Array.from(flat.map((cell) => BigInt(cell as number))) };
  if (dtype === 'bool') return { dtype, values: Uint8Array.from(flat, Number) };
  if (dtype === 'float64') return { dtype, values: Float64Array.from(flat, Number) };
  return { dtype: 'object', values: flat.map(String) };
}

const number = (cell: Cell | undefined): number => (cell === null || cell === undefined ? Number.NaN : Number(cell));

/** The rows as the caster makes them of a request: typed columns, or one column of lists for a tensor. */
export function tableOf({ input: { kind, columns = [], rows } }: Expected): Table {
  if (kind === 'ndarray')
    return { rows: rows.length, columns: [{ name: '0', type: 'object', values: rows.map((row) => row.map(number)) }] };
  return {
    rows: rows.length,
    columns: columns.map(({ name, dtype }, i) =>
      columnOf(
        name,
        dtype,
        rows.map((row) => row[i] ?? null),
      ),
    ),
  };
}

function columnOf(name: string, dtype: string, cells: readonly Cell[]): Column {
  const nulls = Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0));
  switch (dtype) {
    case 'float64':
      return { name, type: 'double', values: Float64Array.from(cells, number) };
    case 'float32':
      return { name, type: 'float', values: Float32Array.from(cells, number) };
    case 'int64':
      return { name, type: 'long', values: BigInt64Array.from(cells.map((cell) => BigInt(cell as number))) };
    case 'bool':
      return { name, type: 'boolean', values: Uint8Array.from(cells, Number) };
    case 'str':
    case 'object':
      return { name, type: 'string', values: cells.map(String), nulls };
    default:
      throw new Error(`column ${name} is ${dtype}`);
  }
}

export interface Difference {
  /** Values that are not the same bits. */
  readonly unequal: number;
  readonly largest: number;
  /** The first value beyond the tolerance, as a sentence. */
  readonly beyond: string | null;
}

/** `tolerance`: absolute plus relative. Labels and shapes have none. */
export function compare(found: Prediction, { data, dtype, shape }: Recorded, tolerance: number): Difference {
  const flat = data.flat() as Cell[];
  const text = !/^(float|int|bool)/.test(dtype);
  const say = `${found.dtype} [${found.shape}], expected ${dtype} [${shape}]`;
  const same = found.shape.length === shape.length && found.shape.every((size, i) => size === shape[i]);
  if (!same || (text ? found.dtype !== 'object' : found.dtype !== dtype))
    return { unequal: flat.length, largest: Infinity, beyond: say };
  let unequal = 0;
  let largest = 0;
  let beyond: string | null = null;
  for (const [i, cell] of flat.entries()) {
    const value = found.values[i]!;
    if (typeof value === 'string' || text) {
      if (String(value) !== String(cell)) beyond ??= `value ${i} is ${String(value)}, expected ${String(cell)}`;
      continue;
    }
    const [a, b] = [Number(value), number(cell)];
    if (Object.is(a, b) || (a === 0 && b === 0)) continue;
    unequal += 1;
    const difference = Math.abs(a - b);
    largest = Math.max(largest, difference / Math.max(1, Math.abs(b)));
    const allowed = dtype.startsWith('float') ? tolerance * (1 + Math.abs(b)) : 0;
    if (!(difference <= allowed)) beyond ??= `value ${i} is ${a}, expected ${b}`;
  }
  return { unequal, largest, beyond };
}
