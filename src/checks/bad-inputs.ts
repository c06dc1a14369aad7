// A good table and its signature to requests that are wrong in one way each, in the form where that way has a meaning (contract §8.4).
import { isJsonObject, jsonGet, parseJson } from '../data/json.js';
import { formatJson } from '../data/json-format.js';
import type { JsonValue } from '../data/json-types.js';
import type { Table } from '../data/table.js';
import { formatSplit } from '../model/input-example.js';
import type { ColumnSpec, ColumnType, Signature } from '../schema/types.js';

export interface BadInput {
  readonly name: 'missing' | 'misspelt' | 'extra' | 'reordered' | 'wrong type';
  /** Null where the signature leaves no way to make it. */
  readonly body: string | null;
  /** What was done to the good input, or why nothing could be. */
  readonly what: string;
}

interface Split {
  readonly columns: readonly string[];
  readonly data: readonly (readonly JsonValue[])[];
}

function bodyOf({ columns, data }: Split): string {
  const split: JsonValue = {
    kind: 'object',
    entries: [
      ['columns', columns],
      ['data', data],
    ],
  };
  return formatJson({ kind: 'object', entries: [['dataframe_split', split]] });
}

/** The first row is enough, and keeps a long example cheap. */
function splitOf(table: Table): Split {
  const value = parseJson(formatSplit({ ...table, rows: Math.min(table.rows, 1) }), { python: true });
  const data = isJsonObject(value) ? jsonGet(value, 'data') : undefined;
  return {
    columns: table.columns.map(({ name }) => name),
    data: Array.isArray(data) ? (data as readonly (readonly JsonValue[])[]) : [],
  };
}

/** A JSON value that this type cannot hold; undefined where it takes anything. */
function wrongValue(type: ColumnType): JsonValue | undefined {
  switch (type.kind) {
    case 'any':
      return undefined;
    case 'scalar':
      // Text is wrong for all but text (and binary, whose base64 alphabet has no `!`), a number for text.
      return type.scalar === 'string' ? { kind: 'number', text: '12.5' } : 'not a value!';
    default:
      return 'not a value!';
  }
}

const near = (name: string): string => (name.length > 3 ? name.slice(0, -1) : `${name}x`);

function free(wish: string, taken: ReadonlySet<string>): string {
  let name = wish;
  while (taken.has(name)) name = `${name}_`;
  return name;
}

const without = <T>(values: readonly T[], at: number): T[] => values.filter((_, i) => i !== at);
const replaced = <T>(values: readonly T[], at: number, value: T): T[] =>
  values.map((old, i) => (i === at ? value : old));
const swapped = <T>(values: readonly T[]): T[] => [...values.slice(0, 2).reverse(), ...values.slice(2)];

function makeBad(split: Split, specs: readonly ColumnSpec[]): BadInput[] {
  const { columns, data } = split;
  const taken = new Set([...columns, ...specs.map(({ name }) => name ?? '')]);
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));
  const required = columns.findIndex((name) => specOf.get(name)?.required === true);
  const typed = columns.findIndex((name) => wrongValue(specOf.get(name)?.type ?? { kind: 'any' }) !== undefined);
  const skip = (name: BadInput['name'], what: string): BadInput => ({ name, body: null, what });
  const bad = (name: BadInput['name'], what: string, next: Split): BadInput => ({ name, what, body: bodyOf(next) });
  const misspelt = columns.length === 0 ? '' : free(near(columns[0] ?? ''), taken);
  const extra = free('unexpected', taken);
  const wrong = wrongValue(specOf.get(columns[typed])?.type ?? { kind: 'any' });
  return [
    required < 0
      ? skip('missing', 'no column is required')
      : bad('missing', `without "${columns[required]}"`, {
          columns: without(columns, required),
          data: data.map((row) => without(row, required)),
        }),
    bad('misspelt', `"${columns[0]}" written "${misspelt}"`, { columns: replaced(columns, 0, misspelt), data }),
    bad('extra', `with a column "${extra}"`, {
      columns: [...columns, extra],
      data: data.map((row) => [...row, { kind: 'number', text: '1.0' }]),
    }),
    columns.length < 2
      ? skip('reordered', 'there is only one column')
      : bad('reordered', `"${columns[1]}" before "${columns[0]}"`, {
          columns: swapped(columns),
          data: data.map((row) => swapped(row)),
        }),
    typed < 0 || wrong === undefined
      ? skip('wrong type', 'every column accepts any type')
      : bad('wrong type', `${formatJson(wrong)} as "${columns[typed]}"`, {
          columns,
          data: data.map((row) => replaced(row, typed, wrong)),
        }),
  ];
}

/** The good request in split form and the bad ones, or why there can be none. */
export function badInputs(
  table: Table,
  signature: Signature,
): { readonly good: string; readonly bad: readonly BadInput[] } | string {
  const { inputs } = signature;
  if (inputs === null || inputs.kind === 'tensors') return 'tensors have no columns to leave out, misspell or reorder';
  if (inputs.columns.some(({ name }) => name === undefined))
    return 'the columns have no names to leave out, misspell or reorder';
  if (table.rows === 0 || table.columns.length === 0) return 'the input example is empty';
  const split = splitOf(table);
  return { good: bodyOf(split), bad: makeBad(split, inputs.columns) };
}
