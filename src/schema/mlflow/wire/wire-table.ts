// Turns `dataframe_split` and `dataframe_records` into a frame with columns cast to the signature (`dataframe_from_parsed_json`,
// `cast_df_types_according_to_schema`).
import { describeType } from '../../describe-schema.js';
import type { ColumnSpec, Schema, TensorSpec } from '../../types.js';
import { hasInputNames, inputNames, isRequired, keyOf, specsOf } from '../column-names.js';
import { decodeBase64 } from '../decode-base64.js';
import { elementsOf } from '../enforce-columns.js';
import { enforceArray, enforceMap, enforceObject } from '../enforce-nested.js';
import { NUMPY_TEXT } from '../enforce-scalar.js';
import { PyFailure } from '../failure.js';
import { truthOf } from '../numpy/numpy-set.js';
import { astype } from '../pandas/pandas-astype.js';
import { toDatetime } from '../pandas/pandas-datetime.js';
import { frameFromDict, frameFromList, labelsOf, refuseUnhashable } from '../pandas/pandas-frame.js';
import { inferValues, isMissing } from '../pandas/pandas-infer.js';
import { pyStr, reprString } from '../python/python-repr.js';
import { className, type DataFrame, kindOf, PyDict, type PyValue, type Series } from '../python/python-value.js';

export function invalidInput(message: string, facts: ConstructorParameters<typeof PyFailure>[2]): PyFailure {
  return new PyFailure('MlflowInvalidInputException', `Invalid input. ${message}`, facts);
}

function kindText(value: PyValue): string {
  return `type <class '${className(value)}'>`;
}

export function readRecords(json: PyValue, schema: Schema | null): DataFrame {
  if (!Array.isArray(json)) {
    const type = json instanceof PyDict ? 'dictionary' : kindText(json);
    throw invalidInput(`Dataframe records format must be a list of records. Got ${type}.`, {
      tmpl: 'records_type',
      args: { type },
      exact: true,
    });
  }
  return castColumns(
    built('records', () => frameFromList(json)),
    schema,
  );
}

export function readSplit(json: PyValue, schema: Schema | null): DataFrame {
  if (!(json instanceof PyDict)) {
    const type = Array.isArray(json) ? 'list' : kindText(json);
    throw invalidInput(`Dataframe split format must be a dictionary. Got ${type}.`, {
      tmpl: 'split_type',
      args: { type },
      exact: true,
    });
  }
  const keys = [...json.map.keys()] as string[];
  if (!json.map.has('data') || keys.some((key) => !['columns', 'data', 'index'].includes(key)))
    throw invalidInput(
      `Dataframe split format must have 'data' field and optionally 'columns' and 'index' fields. Got ${keys.length === 0 ? 'set()' : `{${keys.map(reprString).join(', ')}}`}.'`,
      { tmpl: 'split_keys' },
    );
  return castColumns(
    built('split', () => splitFrame(json)),
    schema,
  );
}

function built(orient: string, make: () => DataFrame): DataFrame {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    throw invalidInput(
      `Provided dataframe_${orient} field is not a valid dataframe representation in '${orient}' format. Error: '${error.message}'`,
      { tmpl: `${orient}_bad`, args: { why: error.tmpl } },
    );
  }
}

function axis(value: PyValue | undefined): PyValue[] | null {
  if (value === undefined || value === null) return null;
  if (value instanceof PyDict) return [...value.map.keys()];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => Array.isArray(item))) return multiIndex(value as PyValue[][]);
    return labelsOf(value);
  }
  throw new PyFailure(
    'TypeError',
    `Index(...) must be called with a collection of some kind, ${pyStr(value)} was passed`,
  );
}

/** Lists for labels are the levels of a MultiIndex: one tuple a label. */
function multiIndex(levels: readonly PyValue[][]): PyValue[] {
  const length = levels[0]!.length;
  if (levels.some((level) => level.length !== length))
    throw new PyFailure('ValueError', 'all arrays must be same length', { tmpl: 'native:lengths' });
  for (const level of levels) refuseUnhashable(level);
  return Array.from({ length }, (_, i) => ({ kind: 'tuple', items: levels.map((level) => level[i]!) }));
}

function splitFrame(json: PyDict): DataFrame {
  const options = { columns: axis(json.map.get('columns')), index: axis(json.map.get('index')) };
  const data = json.map.get('data')!;
  if (data === null) return frameFromList([], options);
  if (Array.isArray(data)) return frameFromList(data, options);
  if (data instanceof PyDict) return frameFromDict(data, options);
  const { columns, index } = options;
  if (columns === null || index === null)
    throw new PyFailure('ValueError', 'DataFrame constructor not properly called!');
  return frameFromDict(new PyDict(columns.map((name) => [name, data] as const)), { index });
}

/** numpy's name of what a column is cast to, and how the failure names it. */
function targetOf(spec: ColumnSpec | TensorSpec): { dtype: string; text: string } {
  if ('dtype' in spec) {
    const text = spec.dtype === 'str' ? '<U0' : spec.dtype === 'bytes' ? '|S0' : spec.dtype;
    return { dtype: spec.dtype, text };
  }
  if (spec.type.kind !== 'scalar') return { dtype: 'object', text: describeType(spec.type) };
  const { scalar } = spec.type;
  if (scalar === 'string' || scalar === 'binary') return { dtype: 'object', text: "<class 'object'>" };
  return { dtype: NUMPY_TEXT[scalar], text: NUMPY_TEXT[scalar] };
}

function pairs(frame: DataFrame, schema: Schema): [PyValue, ColumnSpec | TensorSpec][] {
  const specs = specsOf(schema);
  if (hasInputNames(schema)) return inputNames(schema).map((name, i) => [name, specs[i]!]);
  if (schema.kind === 'tensors' && specs.length === 1) {
    const unique = new Map(frame.columns.map(({ name }) => [keyOf(name), name]));
    return [...unique.values()].map((name) => [name, specs[0]!]);
  }
  return frame.columns.slice(0, specs.length).map(({ name }, i) => [name, specs[i]!]);
}

function castColumns(frame: DataFrame, schema: Schema | null): DataFrame {
  if (schema === null) return frame;
  refuseUnhashable(frame.columns.map(({ name }) => name));
  const columns = [...frame.columns];
  const specs = specsOf(schema);
  const needed = new Set(
    inputNames(schema)
      .filter((_, i) => isRequired(specs[i]!))
      .map(keyOf),
  );
  const places = new Map<PyValue, number[]>();
  for (const [place, { name }] of columns.entries()) {
    const same = places.get(keyOf(name));
    if (same === undefined) places.set(keyOf(name), [place]);
    else same.push(place);
  }
  for (const [name, spec] of pairs(frame, schema)) {
    const found = places.get(keyOf(name)) ?? [];
    if (found.length === 0) continue;
    const required = needed.has(keyOf(name));
    try {
      if (found.length > 1) refuseDoubled(spec);
      for (const place of found) columns[place] = castColumn(columns[place]!, spec, required);
    } catch (error) {
      if (!(error instanceof PyFailure)) throw error;
      throw conversionFailure(name, spec, error);
    }
  }
  return { ...frame, columns };
}

/** Some casts cannot handle the frame that a repeated name gives. */
function refuseDoubled(spec: ColumnSpec | TensorSpec): void {
  const text =
    'dtype' in spec
      ? spec.dtype === 'object' || spec.dtype === 'str'
      : spec.type.kind === 'scalar' && spec.type.scalar === 'string';
  if (text)
    throw new PyFailure('AttributeError', "'DataFrame' object has no attribute 'dtype'", { tmpl: 'native:dup_column' });
  if ('dtype' in spec || spec.type.kind !== 'scalar') return;
  if (spec.type.scalar === 'boolean') throw new PyFailure('ValueError', 'The truth value of a Series is ambiguous.');
  if (spec.type.scalar === 'datetime')
    throw new PyFailure('ValueError', 'to assemble mappings requires at least that [year, month, day] be specified');
}

function conversionFailure(name: PyValue, spec: ColumnSpec | TensorSpec, error: PyFailure): PyFailure {
  const { text } = targetOf(spec);
  const inner = (error.args.class as string | undefined) ?? error.exc;
  const args: Record<string, unknown> = { column: pyStr(name), to: text, inner };
  if (inner.startsWith('Mlflow')) {
    args.innerTmpl = error.tmpl;
    args.innerMsg = error.message;
    if (Object.keys(error.args).length > 0) args.innerArgs = error.args;
  } else args.why = error.tmpl;
  return new PyFailure(
    'MlflowFailedTypeConversion',
    `Invalid input. Data is not compatible with model signature. Failed to convert column ${pyStr(name)} to type '${text}'. Error: '${inner}(${reprString(error.message)})'`,
    { tmpl: 'convert_column', args },
  );
}

function mapped(column: Series, make: (value: PyValue) => PyValue): Series {
  if (column.data.length === 0) return column;
  return { ...column, ...inferValues(elementsOf(column).map(make)) };
}

function bytesOf(value: PyValue): string {
  if (typeof value === 'string') {
    // Lone surrogates cannot be written as UTF-8.
    if (/\p{Surrogate}/u.test(value))
      throw new PyFailure('UnicodeEncodeError', "'utf-8' codec can't encode character: surrogates not allowed");
    return value;
  }
  throw new PyFailure('TypeError', 'encoding without a string argument', { tmpl: 'native:bytes_arg' });
}

function castColumn(column: Series, spec: ColumnSpec | TensorSpec, required: boolean): Series {
  if ('dtype' in spec) return castTensorColumn(column, spec);
  const { type } = spec;
  switch (type.kind) {
    case 'any':
      return column;
    case 'array':
      return mapped(column, (value) => enforceArray(value, type.items, required));
    case 'sparkml_vector':
      return mapped(column, (value) => enforceArray(value, { kind: 'scalar', scalar: 'double' }, required));
    case 'object':
      return mapped(column, (value) => enforceObject(value, type, required));
    case 'map':
      return mapped(column, (value) => enforceMap(value, type.values, required));
    case 'scalar':
      break;
  }
  const { dtype } = targetOf(spec);
  switch (type.scalar) {
    case 'binary':
      return mapped(column, (value) => decodeBase64(bytesOf(value)));
    case 'datetime':
      return toDatetime(column);
    case 'string':
      return column.dtype === 'str' ? column : astype(column, 'object');
    case 'boolean':
      return elementsOf(column).some(isMissing) ? booleansWithMissing(column) : astype(column, 'bool');
    default:
      return astype(column, dtype);
  }
}

/** Only values that are present become booleans: `column.where(column.isna(), column.astype(bool))`. */
function booleansWithMissing(column: Series): Series {
  const values = elementsOf(column);
  if (values.every(isMissing)) return column;
  return { ...column, dtype: 'object', data: values.map((value) => (isMissing(value) ? value : truthOf(value))) };
}

function castTensorColumn(column: Series, spec: TensorSpec): Series {
  if (spec.dtype === 'bytes') return mapped(column, (value) => Uint8Array.from(Buffer.from(bytesOf(value), 'utf8')));
  if (column.data.length === 0)
    throw new PyFailure('IndexError', 'single positional indexer is out-of-bounds', { tmpl: 'native:index' });
  // Lists are cast later, when their shape is known.
  if (kindOf(column.data[0]!) === 'list') return column;
  if ((spec.dtype === 'object' || spec.dtype === 'str') && column.dtype === 'str') return column;
  return astype(column, spec.dtype);
}
