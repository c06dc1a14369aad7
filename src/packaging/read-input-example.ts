// Turns the file of an input example into what is stored with the model, after checking it against the signature.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { isJsonArray, isJsonObject, jsonGet, parseJson } from '../data/json.js';
import { formatJson } from '../data/json-format.js';
import type { JsonObject, JsonValue } from '../data/json-types.js';
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { formatTensors, type InputExample } from '../model/input-example.js';
import type { ModelPackage } from '../model/read-package.js';
import { castRows } from '../rows/cast-rows.js';
import { type GivenRows, givenRows } from '../rows/given-rows.js';
import { sourceOf } from '../rows/open-rows.js';
import type { GivenDialect } from '../rows/read-dialect.js';
import { castDocument } from '../schema/cast.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

/** An example is a few rows; whole data sets belong in the run's artifacts. */
const MAX_BYTES = 4 * 1024 * 1024;

type ExampleText =
  /** Rows in a file, cast as in every command. */
  | { readonly kind: 'rows'; readonly rows: GivenRows; readonly columns: readonly string[] }
  | { readonly kind: 'json'; readonly body: JsonObject; readonly columns: readonly string[] | null };

const object = (key: string, value: JsonValue): JsonObject => ({ kind: 'object', entries: [[key, value]] });
const keysOf = (value: JsonValue | undefined): readonly string[] | null =>
  isJsonObject(value) ? value.entries.map(([key]) => key) : null;

/** Any JSON example as a request body: MLflow's own input_example.json leaves the outer key out. */
function requestBody(json: JsonValue): JsonObject | null {
  if (isJsonArray(json)) return isJsonObject(json[0]) ? object('dataframe_records', json) : object('inputs', json);
  if (!isJsonObject(json)) return null;
  const keys = keysOf(json) ?? [];
  if (keys.some((key) => ['dataframe_split', 'dataframe_records', 'inputs', 'instances'].includes(key))) return json;
  if (keys.includes('columns') && keys.includes('data')) return object('dataframe_split', json);
  // One object: one row.
  return object('dataframe_records', [json]);
}

function columnsOf(body: JsonObject): readonly string[] | null {
  const split = jsonGet(body, 'dataframe_split');
  if (isJsonObject(split)) {
    const columns = jsonGet(split, 'columns');
    return isJsonArray(columns) ? columns.map((name) => (typeof name === 'string' ? name : formatJson(name))) : null;
  }
  const records = jsonGet(body, 'dataframe_records');
  return isJsonArray(records) ? keysOf(records[0]) : null;
}

/** Null if the JSON is neither rows nor columns. */
export function exampleOfJson(json: JsonValue): ExampleText | null {
  const body = requestBody(json);
  return body === null ? null : { kind: 'json', body, columns: columnsOf(body) };
}

/** The package's own example; null if there is none or it is too large. */
export function storedExample({ model, digest }: Pick<ModelPackage, 'model' | 'digest'>): ExampleText | null {
  const bytes = model.inputExample === null ? undefined : digest.bytes.get(model.inputExample.path);
  return bytes === undefined ? null : exampleOfJson(parseJson(new TextDecoder().decode(bytes), { python: true }));
}

/** Throws USAGE, FILE_NOT_FOUND, LIMIT_EXCEEDED, DATA_INVALID. */
export async function readExampleText(
  world: World,
  path: string,
  mode: EnforcementMode,
  dialect: GivenDialect,
): Promise<ExampleText> {
  const shown = printable(path, 150);
  const file = resolve(world.cwd, path);
  const facts = statSync(file, { throwIfNoEntry: false });
  if (!facts?.isFile())
    throw new MlctlError('FILE_NOT_FOUND', `there is no input example "${shown}"`, {
      hint: 'name a file of a few rows',
    });
  if (facts.size > MAX_BYTES)
    throw new MlctlError(
      'LIMIT_EXCEEDED',
      `the input example "${shown}" has ${facts.size} bytes; at most ${MAX_BYTES} are stored with a model`,
      { hint: 'give a few rows' },
    );
  const rows = givenRows({ ...dialect, input: file, mode });
  const { columns } = rows.format;
  if (columns !== null) return { kind: 'rows', rows, columns: await columns(sourceOf(world, rows, Readable.from([]))) };
  const text = new TextDecoder().decode(readFileSync(file)).replace(/^\ufeff/, '');
  const example = exampleOfJson(parseJson(text, { python: true }));
  if (example) return example;
  throw new MlctlError('DATA_INVALID', `the input example "${shown}" is neither rows nor columns`, {
    hint: 'write a list of objects, {"columns": …, "data": …} or nested lists',
  });
}

/** The example as rows for the model and as stored. Throws SCHEMA_VIOLATION with every finding. */
export async function castExample(
  world: World,
  example: ExampleText,
  signature: Signature,
  mode: EnforcementMode,
): Promise<{ readonly table: Table; readonly stored: InputExample }> {
  const cast =
    example.kind === 'rows'
      ? await castRows(world, example.rows, signature)
      : await castDocument(formatJson(example.body), 'json', signature, mode);
  if (!cast.ok) {
    const first = cast.findings[0]?.message ?? 'refused';
    throw new MlctlError(
      'SCHEMA_VIOLATION',
      `the input example breaks the signature: ${printable(first, 300)}${cast.total > 1 ? ` (and ${cast.total - 1} more)` : ''}`,
      {
        hint: 'correct the example, or give the signature that it meets with --signature',
        details: { findings: cast.findings, total: cast.total },
      },
    );
  }
  const { table } = cast;
  if (signature.inputs?.kind !== 'tensors') return { table, stored: { kind: 'dataframe', table } };
  // As it was given, if it was given as tensors: the table has forgotten how its numbers were spelt.
  const given =
    example.kind === 'json' ? (jsonGet(example.body, 'inputs') ?? jsonGet(example.body, 'instances')) : undefined;
  const json =
    given === undefined || (isJsonArray(given) && given.some(isJsonObject))
      ? formatTensors(table, signature.inputs.tensors[0]?.name !== undefined)
      : formatJson(given, { python: true });
  return { table, stored: { kind: 'ndarray', json } };
}
