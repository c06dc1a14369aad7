// Turns a scoring request (signature, content type, body) into MLflow's verdict: what POST /invocations of MLflow 3.18 does up to the model.
// The room's doors: scoreRequest (here), formatPredictions, formatRefusal, enforceSchema, enforceParams; the verdict is
// told in verdict.ts, the values in ../python-value.ts. Nothing here knows files, network or process.
import { type Dialect, USUAL_DIALECT } from '../../../data/csv/dialect.js';
import { JsonSyntaxError, parseJson } from '../../../data/json.js';
import { JsonEncodingError } from '../../../data/json-text.js';
import type { Signature } from '../../types.js';
import { enforceParams } from '../enforce-params.js';
import { enforceSchema } from '../enforce-schema.js';
import { mlflowFailure, PyFailure } from '../failure.js';
import { PROTOCOL_CHANGE } from '../hints.js';
import { parquetFailure } from '../pandas/parquet-frame.js';
import { pyRepr, reprString } from '../python/python-repr.js';
import { className, fromJson, IntegerTooLong, PyDict, type PyValue } from '../python/python-value.js';
import type { MlflowRefused, MlflowVerdict, Phase } from '../verdict.js';
import type { MlflowWarning } from '../warning.js';
import { readContentType } from './read-content-type.js';
import { readCsv } from './read-csv.js';
import { readServing } from './read-serving.js';
import { invalidInput, readRecords, readSplit } from './wire-table.js';

const FORMATS = ['dataframe_records', 'dataframe_split', 'instances', 'inputs'] as const;
const LLM_KEYS = ['messages', 'prompt', 'input'];
const REQUIRED = `The input must be a JSON dictionary with exactly one of the input fields {${FORMATS.map(reprString).join(', ')}}`;

interface Parsed {
  readonly data: PyValue;
  readonly params: PyValue;
  readonly unwrapped: boolean;
}

/** An answer of plain text, before anything is read. */
function plainText(
  status: number,
  phase: Phase,
  message: string,
  tmpl: string,
  args: Record<string, unknown> = {},
): MlflowRefused {
  return {
    ok: false,
    status,
    phase,
    tmpl,
    args,
    message,
    exact: true,
    exc: '-',
    code: null,
    errorClass: null,
    sqlState: null,
    stackTrace: false,
    wrap: false,
    warnings: [],
  };
}

const internal = (phase: Phase): MlflowRefused => plainText(500, phase, 'Internal Server Error', 'http500');

/** The media type, or the server's error. */
function mediaType(contentType: string): string | MlflowRefused {
  const read = readContentType(contentType);
  if (read.ok) return read.mediaType;
  return plainText(415, 'content-type', read.message, read.fault, read.args);
}

/** Levels Python 3.11 reads in the server before its recursion limit ends it (measured: 981 pass, 991 do not); it then answers 500. */
const PYTHON_DEPTH = 985;
const isTooDeep = (error: unknown): boolean =>
  error instanceof JsonSyntaxError && error.reason.startsWith('Nested more');

function decodeBody(body: Uint8Array | string): PyDict {
  let json: PyValue;
  try {
    json = fromJson(parseJson(body, { python: true, maxDepth: PYTHON_DEPTH }));
  } catch (error) {
    if (isTooDeep(error) || !(error instanceof JsonSyntaxError || error instanceof JsonEncodingError)) throw error;
    const text =
      error instanceof JsonSyntaxError
        ? `JSONDecodeError(${reprString(error.pythonMessage)})`
        : `UnicodeDecodeError('${error.encoding}', …)`;
    throw invalidInput(`Ensure that input is a valid JSON formatted string. Error: '${text}'\nInput: \n`, {
      tmpl: 'json_invalid',
    });
  }
  if (json instanceof PyDict) return json;
  if (Array.isArray(json)) throw invalidInput(`${REQUIRED}. Received a list.`, { tmpl: 'json_list' });
  const type = `<class '${className(json)}'>`;
  throw invalidInput(`${REQUIRED}. Received unexpected input type '${type}.`, { tmpl: 'json_scalar', args: { type } });
}

/** The `messages` / `prompt` / `input` form: everything that is not a declared param is the data. */
function llmInput(json: PyDict, signature: Signature | null): Parsed {
  const names = new Set(signature?.params?.map(({ name }) => name) ?? []);
  const entries = [...json.map];
  return {
    data: new PyDict(entries.filter(([key]) => !names.has(key as string))),
    params: new PyDict(entries.filter(([key]) => names.has(key as string))),
    unwrapped: true,
  };
}

function parseBody(json: PyDict, signature: Signature | null, typeHint: boolean): Parsed {
  if (LLM_KEYS.some((key) => json.map.has(key))) return llmInput(json, signature);
  const fields = [...json.map.keys()].filter((key) => (FORMATS as readonly PyValue[]).includes(key));
  const params = json.map.get('params') ?? null;
  const schema = signature?.inputs ?? null;
  if (typeHint) {
    const inputs = json.map.get('inputs');
    if (inputs === undefined)
      throw mlflowFailure(
        'hint_inputs',
        `Request payload must be a dictionary with 'inputs' key when the model contains a valid type hint. Found keys in payload: dict_keys(${pyRepr(fields)}).`,
      );
    return { data: inputs, params, unwrapped: false };
  }
  if (fields.length !== 1)
    throw new PyFailure(
      'MlflowException',
      `${REQUIRED}. Received dictionary with input fields: ${pyRepr(fields)}. ${PROTOCOL_CHANGE}`,
      { tmpl: 'json_fields', args: { fields } },
    );
  const field = fields[0] as (typeof FORMATS)[number];
  const value = json.map.get(field)!;
  if (field === 'dataframe_records') return { data: readRecords(value, schema), params, unwrapped: false };
  if (field === 'dataframe_split') return { data: readSplit(value, schema), params, unwrapped: false };
  return { data: readServing(field, value, schema), params, unwrapped: false };
}

/** How the server words a failure, by the phase it came from and the class of the exception. */
function refused(
  phase: Phase,
  error: PyFailure,
  warnings: readonly MlflowWarning[],
  parsed: Parsed | null,
): MlflowRefused {
  const base = {
    ok: false as const,
    status: 400,
    phase,
    tmpl: error.tmpl,
    args: error.args,
    message: error.message,
    exact: error.exact,
    exc: error.exc,
    warnings,
    ...(parsed === null ? {} : { given: parsed.data }),
  };
  const invalid = {
    code: 'INVALID_PARAMETER_VALUE',
    errorClass: 'INVALID_PARAMETER_VALUE',
    sqlState: 'KAM00',
    stackTrace: false,
    wrap: false,
  };
  const badRequest = { ...invalid, code: 'BAD_REQUEST' };
  if (phase === 'enforce')
    return { ...base, ...invalid, errorClass: 'SCHEMA_ENFORCEMENT_FAILED', sqlState: 'KAM01', wrap: true };
  if (phase === 'params') {
    if (error.exc === 'MlflowException') return { ...base, ...invalid, wrap: true };
    // Anything else that predict raises.
    return { ...base, ...badRequest, stackTrace: true };
  }
  if (error.tmpl === 'hint_inputs') return { ...base, ...invalid };
  return { ...base, ...badRequest, stackTrace: error.tmpl === 'csv_parse' || error.tmpl === 'parquet_parse' };
}

/**
 * `contentType` null: the header is absent. Parquet bodies are read elsewhere: here they are refused as unreadable.
 * `dialect` is for CSV files that do not come from a request: a body has commas and points.
 */
export function scoreRequest(
  signature: Signature | null,
  typeHint: boolean,
  contentType: string | null,
  body: Uint8Array,
  dialect: Dialect = USUAL_DIALECT,
): MlflowVerdict {
  if (contentType === null) return internal('server');
  const mime = mediaType(contentType);
  if (typeof mime !== 'string') return mime;
  let phase: Phase = mime === 'application/json' ? 'decode' : 'parse';
  const warnings: MlflowWarning[] = [];
  let parsed: Parsed | null = null;
  try {
    if (mime === 'text/csv')
      parsed = { data: readCsv(body, signature?.inputs ?? null, dialect), params: null, unwrapped: false };
    else if (mime === 'application/json') {
      const json = decodeBody(body);
      phase = 'parse';
      parsed = parseBody(json, signature, typeHint);
    } else throw parquetFailure();
    phase = 'enforce';
    let data = parsed.data;
    if (!typeHint && signature?.inputs) {
      data = enforceSchema(data, signature.inputs, warnings);
    }
    phase = 'params';
    const params = enforceParams(parsed.params, signature?.params ?? null, warnings);
    return { ok: true, data, params, unwrapped: parsed.unwrapped, warnings };
  } catch (error) {
    if (error instanceof IntegerTooLong || isTooDeep(error)) return internal('server');
    if (error instanceof PyFailure && phase === 'parse' && !error.exc.startsWith('Mlflow')) return internal(phase);
    if (error instanceof PyFailure) return refused(phase, error, warnings, parsed);
    throw error;
  }
}
