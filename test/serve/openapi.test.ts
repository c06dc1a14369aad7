// The OpenAPI document: its schemas are those of JSON Schema 2020-12, and they accept what the server accepts and answers.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { startServing } from './start-serving.js';

type Validate = (data: unknown) => boolean;
const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as {
  Ajv2020: new (options: object) => { addSchema(schema: object): void; getSchema(ref: string): Validate | undefined };
};

// biome-ignore lint/suspicious/noExplicitAny: a JSON document.
function validators(document: any): (name: string) => Validate {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'api' });
  return (name) => ajv.getSchema(`api#/components/schemas/${name}`)!;
}

test('the schemas accept what the server accepts and answers, and refuse what it refuses', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const { status, json: document } = await server.ask('/openapi.json');
  assert.equal(status, 200);
  assert.equal(document.openapi, '3.1.0');
  const validatorOf = validators(document);
  const accepts = validatorOf('iris_clf_request');
  const [broken, extra, missing] = [
    { ...FLOWER, 'petal width (cm)': 'wide' },
    { ...FLOWER, more: 1 },
    { 'petal width (cm)': 1 },
  ];
  for (const body of [
    { dataframe_records: [FLOWER] },
    { instances: [FLOWER, FLOWER] },
    { dataframe_split: { columns: Object.keys(FLOWER), data: [Object.values(FLOWER)] } },
    ...[broken, extra, missing].map((row) => ({ dataframe_records: [row] })),
    { dataframe_records: [FLOWER], instances: [FLOWER] },
    {},
  ])
    assert.equal(accepts(body), (await server.post('/invocations', body)).status === 200, JSON.stringify(body));
  const answer = (await server.post('/invocations', { dataframe_records: [FLOWER] })).json;
  assert.ok(validatorOf('iris_clf_answer')(answer));
  assert.ok(!validatorOf('iris_clf_answer')({ predictions: [{ label: {} }] }));
  assert.ok(validatorOf('Refusal')((await server.post('/invocations', {})).json));
  const operation = document.paths['/invocations'].post;
  const { example } = operation.requestBody.content['application/json'];
  assert.ok(accepts(example));
  assert.equal((await server.post('/invocations', example)).status, 200);
  const infer = {
    inputs: Object.entries(FLOWER).map(([name, value]) => ({ name, shape: [1, 1], datatype: 'FP64', data: [value] })),
  };
  assert.ok(validatorOf('InferRequest')(infer));
  assert.ok(validatorOf('InferReply')((await server.post('/v2/models/iris_clf/infer', infer)).json));
  assert.ok(validatorOf('ModelMetadata')((await server.ask('/v2/models/iris_clf')).json));
});

test('several models have their own paths and schemas; a token is said', async () => {
  const world = await irisVersions();
  const token = 'correct-horse-battery-staple';
  const models = [
    { name: 'a b', uri: 'models:/iris_clf/1' },
    { name: 'a/b', uri: 'models:/iris_clf/2' },
  ];
  await using server = await startServing(world, { models, token, metrics: false });
  const { json: document } = await server.ask('/openapi.json', { headers: { authorization: `Bearer ${token}` } });
  const { paths, components } = document;
  assert.ok('/invocations/a%20b' in paths && '/invocations/a%2Fb' in paths && !('/metrics' in paths));
  assert.ok('a_b_1_request' in components.schemas && 'a_b_2_request' in components.schemas);
  assert.deepEqual(document.security, [{ token: [] }]);
  const ids = Object.values(paths).flatMap((path) => Object.values(path as object).map((one) => one.operationId));
  assert.equal(new Set(ids).size, ids.length);
});
