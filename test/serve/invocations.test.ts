// The scoring protocol over HTTP, answered by a real model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../../src/library/load.js';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { startServing } from './start-serving.js';

const CSV = `${Object.keys(FLOWER).join(',')}\n${Object.values(FLOWER).join(',')}\n`;

test('every form of rows is answered as the library answers it', async () => {
  const world = await irisVersions();
  await using model = await load('models:/iris_clf@champion', world);
  const expected = { predictions: await model.predict([FLOWER]) };
  await using server = await startServing(world);
  const split = { columns: Object.keys(FLOWER), data: [Object.values(FLOWER)] };
  for (const body of [{ dataframe_records: [FLOWER] }, { instances: [FLOWER] }, { dataframe_split: split }]) {
    const reply = await server.post('/invocations', body);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.type, 'application/json');
    assert.deepEqual(reply.json, expected);
  }
  assert.deepEqual((await server.post('/invocations', CSV, 'text/csv')).json, expected);
  assert.deepEqual((await server.post('/invocations/iris_clf', { instances: [FLOWER] })).json, expected);
});

test('a refusal names the column, and is counted against the caller', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const reply = await server.post('/invocations', { dataframe_records: [{ ...FLOWER, 'petal width (cm)': 'wide' }] });
  assert.equal(reply.status, 400);
  assert.equal(reply.json.error_code, 'INVALID_PARAMETER_VALUE');
  assert.match(reply.json.message, /'petal width \(cm\)' row 0/);
  assert.equal(reply.json.findings[0].column, 'petal width (cm)');
  assert.equal((await server.post('/invocations', '<rows/>', 'text/xml')).status, 415);
  assert.equal((await server.post('/invocations', 'no JSON')).status, 400);
  assert.equal((await server.ask('/invocations', { method: 'POST' })).status, 415);
});

test('what a refusal says of the request can be limited', async () => {
  const world = await irisVersions();
  const bad = { dataframe_records: [{ ...FLOWER, 'petal width (cm)': 'secret-word' }] };
  for (const [errorDetail, column, value] of [
    ['full', true, true],
    ['names', true, false],
    ['none', false, false],
  ] as const) {
    await using server = await startServing(world, { errorDetail });
    const { status, text } = await server.post('/invocations', bad);
    assert.equal(status, 400);
    assert.equal(text.includes('petal width'), column, text);
    assert.equal(text.includes('secret-word'), value, text);
  }
});

test('health, ping and version say what MLflow says, and more', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const health = await server.ask('/health');
  assert.equal(health.status, 200);
  assert.equal(health.json.status, 'ok');
  assert.deepEqual(
    health.json.models.map(({ name, version }: { name: string; version: number }) => [name, version]),
    [['iris_clf', 1]],
  );
  assert.equal((await server.ask('/version')).text, '3.18.0');
  await using asMlflow = await startServing(world, { schema: 'mlflow' });
  const ping = await asMlflow.ask('/ping');
  assert.deepEqual([ping.status, ping.type, ping.text], [200, 'application/json', '\n']);
  const nothing = await server.ask('/no/such/address');
  assert.deepEqual([nothing.status, nothing.json], [404, { detail: 'Not Found' }]);
});
