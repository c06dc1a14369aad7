// Every reply below /v2 is what the published REST document of the Open Inference Protocol allows, at every address that it names.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { writeInferAnswer } from '../../src/serve/v2/write-infer-answer.js';
import { countdownFolder } from '../library/countdown-folder.js';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { testWorld } from '../support/worlds.js';
import { OPEN_INFERENCE } from './open-inference-schemas.js';
import { startServing } from './start-serving.js';

const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
ajv.addSchema(OPEN_INFERENCE);

type Kind = keyof typeof OPEN_INFERENCE.$defs;

/** Where and how a body is not of the kind. */
function flaws(kind: Kind, body: unknown): string[] {
  const validate = ajv.getSchema(`open-inference#/$defs/${kind}`) ?? assert.fail(kind);
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const INPUTS = Object.entries(FLOWER).map(([name, value]) => ({
  name,
  datatype: 'FP64',
  shape: [3, 1],
  data: [value, value + 1, value + 2],
}));

test('the schemas refuse what is not of the protocol', () => {
  assert.deepEqual(flaws('server', { name: 'a', version: '1' }), [" must have required property 'extensions'"]);
  assert.deepEqual(flaws('error', { error: 1 }), ['/error must be string']);
  const output = { name: 'a', shape: [1], datatype: 'FP64' };
  assert.deepEqual(flaws('response', { model_name: 'a', outputs: [output] }), [
    "/outputs/0 must have required property 'data'",
  ]);
  assert.deepEqual(flaws('response', { model_name: 'a', outputs: [{ ...output, data: [[1], ['a'], true] }] }), []);
  assert.notDeepEqual(flaws('response', { model_name: 'a', outputs: [{ ...output, data: [{}] }] }), []);
});

test('metadata, readiness, inference and refusals, with and without the version', async () => {
  const iris = await irisVersions();
  const { cwd } = iris;
  const models = [{ uri: 'models:/iris_clf@champion' }, { name: 'm', uri: await countdownFolder(testWorld({ cwd })) }];
  await using server = await startServing(iris, { models });
  const replies: [address: string, status: number, kind: Kind | null, body?: unknown][] = [
    ['/v2', 200, 'server'],
    ['/v2/', 200, 'server'],
    ['/v2/health/live', 200, null],
    ['/v2/health/ready', 200, null],
    ['/v2/none', 404, 'error'],
  ];
  const request = { id: 'one', inputs: INPUTS, parameters: { content_type: 'pd' } };
  const other = { inputs: [{ name: 'x', datatype: 'FP32', shape: [2], data: [1, 2] }] };
  assert.deepEqual([flaws('request', request), flaws('request', other)], [[], []]);
  for (const base of ['/v2/models/iris_clf', '/v2/models/iris_clf/versions/1', '/v2/models/m'])
    replies.push(
      [base, 200, 'model'],
      [`${base}/ready`, 200, null],
      [`${base}/infer`, 200, 'response', base.endsWith('/m') ? other : request],
      [`${base}/infer`, 400, 'error', { inputs: [] }],
      [`${base}/infer`, 400, 'error', { inputs: [{ name: 'x', datatype: 'FP64', shape: [1], data: ['a'] }] }],
      [`${base}/infer`, 400, 'error', '{'],
    );
  for (const base of ['/v2/models/none', '/v2/models/iris_clf/versions/9'])
    replies.push([base, 404, 'error'], [`${base}/ready`, 404, 'error'], [`${base}/infer`, 404, 'error', request]);
  for (const [address, status, kind, body] of replies) {
    const reply = body === undefined ? await server.ask(address) : await server.post(address, body);
    assert.equal(reply.status, status, `${address} ${reply.text}`);
    if (kind !== null) assert.deepEqual(flaws(kind, reply.json), [], `${address} ${reply.text}`);
  }
});

test('every type of output is of the protocol; a value that there is not is null, which the document does not have', () => {
  const answered = { model: 'm', version: 1, id: null, outputs: null };
  const column = (name: string, type: string, values: unknown, nulls?: Uint8Array) =>
    ({ name, type, values, ...(nulls ? { nulls } : {}) }) as never;
  const whole = {
    rows: 2,
    columns: [
      column('double', 'double', new Float64Array([1.5, 1e300])),
      column('float', 'float', new Float32Array([1.5, 2])),
      column('long', 'long', new BigInt64Array([2n ** 62n, 1n])),
      column('integer', 'integer', new Int32Array([1, 2])),
      column('boolean', 'boolean', new Uint8Array([0, 1])),
      column('string', 'string', ['a', 'b"']),
      column('binary', 'binary', [Uint8Array.of(1), Uint8Array.of()]),
      column('datetime', 'datetime', new BigInt64Array([0n, 1n])),
      column('list', 'object', [
        [1, 2],
        [3, 4],
      ]),
      column('map', 'object', [{ a: 1 }, null]),
    ],
  };
  assert.deepEqual(flaws('response', JSON.parse(writeInferAnswer(whole, answered))), []);
  const missing = {
    rows: 3,
    columns: [column('double', 'double', new Float64Array([1, Number.NaN, Number.NEGATIVE_INFINITY]))],
  };
  const body = JSON.parse(writeInferAnswer(missing, answered));
  assert.deepEqual(body.outputs[0].data, [1, null, null]);
  const places = new Set(flaws('response', body).map((flaw) => flaw.split(' ')[0]));
  assert.deepEqual([...places], ['/outputs/0/data/1', '/outputs/0/data/2']);
});
