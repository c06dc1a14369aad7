// Turns the signatures of the served models into an OpenAPI 3.1 document: a schema for each model, and its input example.
import { TESTED_MLFLOW, VERSION } from '../version.js';
import { rowSchema } from './row-schema.js';
import type { ServedModel, ServedVersion, ServerState } from './types.js';

type Json = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json, more: Json = {}): Json => ({ content: { [JSON_TYPE]: { schema, ...more } } });

export async function describeApi(state: ServerState): Promise<Json> {
  const models = [...state.models.values()].filter(({ facts }) => facts !== null);
  const paths: Record<string, Json> = { ...ownPaths(state) };
  const schemas: Record<string, Json> = { ...SCHEMAS };
  for (const [i, model] of models.entries())
    await model.pin(async (version) => {
      // A component may have letters, digits and `._-` in its name.
      const key = `${model.name.replace(/[^\w.-]/g, '_')}${models.length === 1 ? '' : `_${i + 1}`}`;
      const { request, row, answer } = rowSchema(version.signature, version.form, state.options.schema);
      schemas[`${key}_row`] = row;
      schemas[`${key}_request`] = request(ref(`${key}_row`));
      schemas[`${key}_answer`] = answer;
      const path = models.length === 1 ? '/invocations' : `/invocations/${encodeURIComponent(model.name)}`;
      paths[path] = { post: scoring(model, version, key, i) };
      const tensors = `/v2/models/${encodeURIComponent(model.name)}`;
      paths[tensors] = {
        get: {
          operationId: `metadata_${i}`,
          summary: `Inputs and outputs of ${model.name}.`,
          responses: replies(ref('ModelMetadata')),
        },
      };
      paths[`${tensors}/infer`] = {
        post: {
          operationId: `infer_${i}`,
          summary: `Predict with ${model.name}, as tensors.`,
          requestBody: { required: true, ...json(ref('InferRequest')) },
          responses: replies(ref('InferReply'), ref('V2Error')),
        },
      };
    });
  const isGuarded = state.options.token !== null;
  return {
    openapi: '3.1.0',
    info: {
      title: models.map(({ name }) => name).join(', '),
      version: VERSION,
      description: `MLflow's scoring protocol (${TESTED_MLFLOW[1]}) and the Open Inference Protocol v2.`,
    },
    ...(isGuarded ? { security: [{ token: [] }] } : {}),
    paths,
    components: { schemas, ...(isGuarded ? { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } : {}) },
  };
}

function scoring(model: ServedModel, version: ServedVersion, key: string, i: number): Json {
  const example = exampleOf(version);
  const shown = example === undefined ? {} : { example };
  const { version: number } = version.facts;
  return {
    operationId: `predict_${i}`,
    summary: `Predict with ${model.name}${number === null ? '' : ` version ${number}`}.`,
    requestBody: {
      required: true,
      content: {
        [JSON_TYPE]: { schema: ref(`${key}_request`), ...shown },
        'text/csv': {
          schema: { type: 'string', description: 'A header with the names of the columns, and one line a row.' },
        },
      },
    },
    responses: replies(ref(`${key}_answer`)),
  };
}

function exampleOf(version: ServedVersion): unknown {
  try {
    return JSON.parse(version.example ?? '');
  } catch {
    return undefined;
  }
}

const replies = (schema: Json, refusal = ref('Refusal')): Json => ({
  200: { description: 'The answer.', ...json(schema) },
  400: { description: 'The request breaks the signature or the protocol.', ...json(refusal) },
  503: { description: 'The server is busy or stopping: ask again later.', ...json(refusal) },
});

function ownPaths({ metrics }: ServerState): Record<string, Json> {
  const get = (operationId: string, summary: string, type = JSON_TYPE): Json => ({
    get: {
      operationId,
      summary,
      responses: { 200: { description: 'The answer.', content: { [type]: { schema: {} } } } },
    },
  });
  return {
    '/ping': get('ping', 'Whether the server can answer.'),
    '/health': get('health', 'Whether the server can answer, and with which versions.'),
    '/version': get('version', 'The version of MLflow whose protocol this is.'),
    '/v2': get('server', 'Name and version of the server.'),
    '/v2/health/live': get('live', 'Whether the process answers.'),
    '/v2/health/ready': get('ready', 'Whether every model answers.'),
    ...(metrics === null ? {} : { '/metrics': get('metrics', 'Counters for Prometheus.', 'text/plain') }),
    '/-/reload': {
      post: {
        operationId: 'reload',
        summary: 'Look at every stage and alias now.',
        responses: {
          200: { description: 'What changed.', ...json({ type: 'object' }) },
          409: {
            description: 'A version did not take over; the one before still answers.',
            ...json({ type: 'object' }),
          },
        },
      },
    },
  };
}

const TENSOR: Json = {
  type: 'object',
  required: ['name', 'shape', 'datatype', 'data'],
  properties: {
    name: { type: 'string' },
    shape: { type: 'array', items: { type: 'integer', minimum: 0 } },
    datatype: { type: 'string' },
    parameters: { type: 'object' },
    data: { type: 'array' },
  },
};

const SCHEMAS: Readonly<Record<string, Json>> = {
  Refusal: {
    type: 'object',
    required: ['error_code', 'message'],
    properties: {
      error_code: { type: 'string' },
      message: { type: 'string' },
      findings: { type: 'array', items: { type: 'object' } },
      total: { type: 'integer' },
    },
  },
  V2Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
  Tensor: TENSOR,
  InferRequest: {
    type: 'object',
    required: ['inputs'],
    properties: {
      id: { type: 'string' },
      parameters: { type: 'object' },
      inputs: { type: 'array', minItems: 1, items: ref('Tensor') },
      outputs: {
        type: 'array',
        items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      },
    },
  },
  InferReply: {
    type: 'object',
    required: ['model_name', 'outputs'],
    properties: {
      model_name: { type: 'string' },
      model_version: { type: 'string' },
      id: { type: 'string' },
      outputs: { type: 'array', items: ref('Tensor') },
    },
  },
  ModelMetadata: {
    type: 'object',
    required: ['name', 'platform', 'inputs', 'outputs'],
    properties: {
      name: { type: 'string' },
      versions: { type: 'array', items: { type: 'string' } },
      platform: { type: 'string' },
      inputs: { type: 'array' },
      outputs: { type: 'array' },
    },
  },
};
