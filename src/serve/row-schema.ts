// Turns a signature into JSON schemas: of one row, of a request, and of the answer.
import type { EnforcementMode } from '../schema/cast-types.js';
import type { ColumnSpec, ColumnType, ParamSpec, ScalarName, Schema, Signature, TensorSpec } from '../schema/types.js';
import type { AnswerForm } from '../scoring/types.js';

type Json = Readonly<Record<string, unknown>>;

interface RowSchemas {
  readonly row: Json;
  /** `row`: what stands for the schema of a row. */
  request(row: Json): Json;
  readonly answer: Json;
}

const ANYTHING: Json = {};

const SCALARS: Readonly<Record<ScalarName, Json>> = {
  boolean: { type: 'boolean' },
  integer: { type: 'integer', format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  long: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  string: { type: 'string' },
  binary: { type: 'string', contentEncoding: 'base64' },
  datetime: { type: 'string', description: 'ISO 8601, without a zone.' },
};

export function rowSchema(signature: Signature | null, form: AnswerForm, mode: EnforcementMode): RowSchemas {
  const inputs = signature?.inputs ?? null;
  return {
    row: rowOf(inputs, mode),
    request: (row) => requestOf(inputs, row, signature?.params ?? null),
    answer: {
      type: 'object',
      required: ['predictions'],
      properties: { predictions: answerOf(signature?.outputs ?? null, form) },
    },
  };
}

function typeSchema(type: ColumnType): Json {
  switch (type.kind) {
    case 'scalar':
      return SCALARS[type.scalar];
    case 'array':
      return { type: 'array', items: typeSchema(type.items) };
    case 'sparkml_vector':
      return { type: 'array', items: SCALARS.double };
    case 'map':
      return { type: 'object', additionalProperties: typeSchema(type.values) };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          type.properties.map((one) => [one.name, orNull(typeSchema(one.type), one.required)]),
        ),
        required: type.properties.filter(({ required }) => required).map(({ name }) => name),
      };
    default:
      return ANYTHING;
  }
}

const orNull = (schema: Json, required: boolean): Json =>
  required || schema === ANYTHING ? schema : { anyOf: [schema, { type: 'null' }] };

const numberOf = (dtype: string): Json =>
  /^u?int/.test(dtype)
    ? { type: 'integer' }
    : /^float/.test(dtype)
      ? { type: 'number' }
      : dtype === 'bool'
        ? { type: 'boolean' }
        : /^(?:str|object)$/.test(dtype)
          ? { type: 'string' }
          : ANYTHING;

/** One element of the first dimension. */
function tensorRow({ dtype, shape }: TensorSpec): Json {
  return shape
    .slice(1)
    .reduceRight<Json>(
      (items, size) => ({ type: 'array', items, ...(size >= 0 ? { minItems: size, maxItems: size } : {}) }),
      numberOf(dtype),
    );
}

function rowOf(inputs: Schema | null, mode: EnforcementMode): Json {
  if (inputs === null) return ANYTHING;
  if (inputs.kind === 'tensors') {
    const [only] = inputs.tensors;
    if (inputs.tensors.length === 1 && only!.name === undefined) return tensorRow(only!);
    return {
      type: 'object',
      properties: Object.fromEntries(inputs.tensors.map((tensor, i) => [tensor.name ?? String(i), tensorRow(tensor)])),
    };
  }
  const { columns } = inputs;
  if (columns.some(({ name }) => name === undefined)) return { type: 'array', prefixItems: columns.map(columnSchema) };
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.name!, columnSchema(column)])),
    required: columns.filter(({ required }) => required).map(({ name }) => name),
    // Python ignores columns that it does not know.
    ...(mode === 'strict' ? { additionalProperties: false } : {}),
  };
}

const columnSchema = ({ type, required }: ColumnSpec): Json => orNull(typeSchema(type), required);

function requestOf(inputs: Schema | null, row: Json, params: readonly ParamSpec[] | null): Json {
  const rows = { type: 'array', items: row };
  const forms: [string, Json][] = [
    ['instances', rows],
    ['inputs', ANYTHING],
  ];
  if (inputs?.kind !== 'tensors')
    forms.unshift(
      ['dataframe_records', rows],
      [
        'dataframe_split',
        {
          type: 'object',
          required: ['data'],
          properties: {
            columns: { type: 'array' },
            index: { type: 'array' },
            data: { type: 'array', items: { type: 'array' } },
          },
        },
      ],
    );
  return {
    type: 'object',
    properties: { ...Object.fromEntries(forms), ...(params === null ? {} : { params: paramsOf(params) }) },
    oneOf: forms.map(([form]) => ({ required: [form] })),
  };
}

const paramsOf = (params: readonly ParamSpec[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(
    params.map(({ name, type, shape }) => [
      name,
      shape === null ? typeSchema(type) : { type: 'array', items: typeSchema(type) },
    ]),
  ),
});

/** A value that is not a number is a word or null. */
const orWord = (schema: Json): Json =>
  schema === ANYTHING ? schema : { anyOf: [schema, { type: ['string', 'null'] }] };

function answerOf(outputs: Schema | null, form: AnswerForm): Json {
  const named = (outputs?.kind === 'columns' ? outputs.columns : (outputs?.tensors ?? [])).map(
    (output, i): [string, Json] => [
      output.name ?? String(i),
      'type' in output ? columnSchema(output) : tensorRow(output),
    ],
  );
  if (form === 'arrays')
    return {
      type: 'object',
      properties: Object.fromEntries(named.map(([name, item]) => [name, { type: 'array', items: orWord(item) }])),
    };
  if (form === 'array') return { type: 'array', items: named.length === 1 ? orWord(named[0]![1]) : ANYTHING };
  return {
    type: 'array',
    items: { type: 'object', properties: Object.fromEntries(named.map(([name, item]) => [name, orWord(item)])) },
  };
}
