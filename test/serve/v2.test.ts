// The Open Inference Protocol over HTTP, answered by a real model: the same values as MLflow's protocol, and refusals that name the input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../../src/library/load.js';
import { FLOWER, flower, irisVersions } from '../library/iris-versions.js';
import { startServing } from './start-serving.js';

const ROWS = [FLOWER, flower(5)];
const NAMES = Object.keys(FLOWER) as (keyof typeof FLOWER)[];
const tensor = (name: keyof typeof FLOWER, datatype = 'FP64') => ({
  name,
  datatype,
  shape: [2, 1],
  data: ROWS.map((row) => row[name]),
});
const INPUTS = NAMES.map((name) => tensor(name));

test('metadata, readiness and inference, with and without the version', async () => {
  const world = await irisVersions();
  await using model = await load('models:/iris_clf/1', world);
  const expected = await model.predict(ROWS);
  await using server = await startServing(world);
  assert.equal((await server.ask('/v2')).json.name, 'mlctl');
  assert.deepEqual((await server.ask('/v2/health/live')).json, { live: true });
  assert.deepEqual((await server.ask('/v2/health/ready')).json, { ready: true });
  for (const path of ['/v2/models/iris_clf', '/v2/models/iris_clf/versions/1']) {
    const { json } = await server.ask(path);
    assert.deepEqual(
      json.inputs.map(({ name }: { name: string }) => name),
      NAMES,
    );
    assert.deepEqual(json.inputs[0], { name: NAMES[0], datatype: 'FP64', shape: [-1, 1] });
    assert.deepEqual(json.outputs[0], { name: 'label', datatype: 'INT64', shape: [-1, 1] });
    assert.deepEqual((await server.ask(`${path}/ready`)).json, { name: 'iris_clf', ready: true });
    const reply = await server.post(`${path}/infer`, { id: 'a-1', inputs: INPUTS });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual([reply.json.model_name, reply.json.model_version, reply.json.id], ['iris_clf', '1', 'a-1']);
    for (const { name, data, shape } of reply.json.outputs) {
      assert.deepEqual(shape, [2, 1]);
      assert.deepEqual(
        data,
        expected.map((row) => row[name]),
      );
    }
  }
  const one = await server.post('/v2/models/iris_clf/infer', { inputs: INPUTS, outputs: [{ name: 'label' }] });
  assert.deepEqual(
    one.json.outputs.map(({ name }: { name: string }) => name),
    ['label'],
  );
  assert.equal((await server.ask('/v2/models/iris_clf/versions/2')).status, 404);
  assert.equal((await server.ask('/v2/models/other')).status, 404);
});

test('every numeric datatype is read in its own range, and a refusal names the input', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const infer = async (input: object) =>
    server.post('/v2/models/iris_clf/infer', { inputs: [{ ...tensor(NAMES[0]!), ...input }, ...INPUTS.slice(1)] });
  for (const datatype of [
    'FP16',
    'FP32',
    'FP64',
    'INT8',
    'INT16',
    'INT32',
    'INT64',
    'UINT8',
    'UINT16',
    'UINT32',
    'UINT64',
  ])
    assert.equal((await infer({ datatype, data: [5, 6] })).status, 200, datatype);
  assert.equal((await infer({ shape: [2], data: [5, 6] })).status, 200);
  assert.equal((await infer({ data: [[5], [6]] })).status, 200);
  for (const [input, expected] of [
    [
      { datatype: 'INT8', data: [5, 128] },
      /"sepal length \(cm\)": value 1 is 128, but INT8 takes whole numbers from -128 to 127/,
    ],
    [{ datatype: 'UINT8', data: [-1, 5] }, /value 0 is -1/],
    [{ datatype: 'UINT64', data: [1, 2 ** 64] }, /value 1 is 18446744073709552000/],
    [{ datatype: 'INT32', data: [5.5, 6] }, /value 0 is 5\.5/],
    [{ datatype: 'FP16', data: [70000, 6] }, /value 0 is 70000, but FP16 takes numbers that fit into 16 bits/],
    [{ datatype: 'FP32', data: [1e39, 6] }, /value 0 is 1e\+39/],
    [{ datatype: 'BOOL', data: [1, 0] }, /value 0 is 1, but BOOL takes true or false/],
    [{ datatype: 'BYTES', data: [1, 0] }, /BYTES takes texts/],
    [{ datatype: 'FLOAT' }, /"datatype" is "FLOAT", expected one of BOOL/],
    [{ shape: [3, 1] }, /shape \[3, 1\] means 3 values, but "data" has 2/],
    [{ shape: [1, 1] }, /shape \[1, 1\] means 1 values, but "data" has more/],
    [{ shape: [-1] }, /"shape" is a list, expected a list of 1 to 8 sizes/],
    [{ shape: [1e300, 1e300] }, /"shape"/],
    [{ data: undefined }, /"data" is not a list/],
    [{ name: NAMES[1] }, /"sepal width \(cm\)" occurs twice/],
    [{ name: '__proto__' }, /__proto__/],
    [{ shape: [1], data: [5] }, /'sepal length \(cm\)' has 1 values, but another has 2/],
    [{ datatype: 'BYTES', data: ['a', 'b'] }, /sepal length \(cm\).*row 0/],
  ] as const) {
    const { status, json } = await infer(input);
    assert.equal(status, 400);
    assert.match(json.error, expected);
  }
  const binary = await server.ask('/v2/models/iris_clf/infer', {
    method: 'POST',
    headers: { 'inference-header-content-length': '10' },
    body: '{"inputs":[]}xx',
  });
  assert.match(binary.json.error, /binary form/);
});

test('the repository is listed; clients load and unload only if they may', async () => {
  const world = await irisVersions();
  const index = [{ name: 'iris_clf', version: '1', state: 'READY', reason: '' }];
  await using closed = await startServing(world);
  assert.deepEqual((await closed.post('/v2/repository/index', {})).json, index);
  for (const verb of ['load', 'unload'])
    assert.equal((await closed.post(`/v2/repository/models/iris_clf/${verb}`, {})).status, 403);
  await using server = await startServing(world, { allowLoad: true });
  assert.equal((await server.post('/v2/repository/models/iris_clf/unload', {})).status, 200);
  assert.deepEqual((await server.post('/v2/repository/index', {})).json[0].state, 'UNAVAILABLE');
  assert.equal((await server.ask('/v2/health/ready')).status, 503);
  assert.equal((await server.post('/v2/models/iris_clf/infer', { inputs: INPUTS })).status, 503);
  assert.equal((await server.post('/invocations', { instances: ROWS })).status, 503);
  assert.equal((await server.post('/v2/repository/models/iris_clf/load', {})).status, 200);
  assert.deepEqual((await server.post('/v2/repository/index', {})).json, index);
  assert.equal((await server.post('/v2/models/iris_clf/infer', { inputs: INPUTS })).status, 200);
  assert.equal((await server.post('/v2/repository/models/other/load', {})).status, 404);
});
