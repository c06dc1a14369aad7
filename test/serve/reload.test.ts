// The server follows its alias: a hook or a signed webhook makes it look, what is refused is told everywhere, and no answer mixes versions.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { FLOWER, irisVersions, moveChampion } from '../library/iris-versions.js';
import { soundThenBad } from '../library/sound-then-bad.js';
import { startServing } from './start-serving.js';

const ROWS = { dataframe_records: [FLOWER] };

test('POST /-/reload takes over the next version, under load and without a failure', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const answers = new Map<number, string>();
  for (const version of [1, 2]) {
    await moveChampion(world, version);
    await server.post('/-/reload', {});
    answers.set(version, (await server.post('/invocations', ROWS)).text);
  }
  assert.notEqual(answers.get(1), answers.get(2));
  let isOver = false;
  let asked = 0;
  const load = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const { status, text } = await server.post('/invocations', ROWS);
      assert.equal(status, 200, text);
      assert.ok([...answers.values()].includes(text), text);
      asked += 1;
    }
  });
  for (let swap = 0; swap < 10; swap++) {
    const version = (swap % 2) + 1;
    await moveChampion(world, version);
    const { json } = await server.post('/-/reload', {});
    assert.deepEqual(json, { models: [{ name: 'iris_clf', version, changed: true, refused: null }] });
  }
  isOver = true;
  await Promise.all(load);
  assert.ok(asked > 50, String(asked));
  assert.ok(world.notes.includes('iris_clf: version 1 was replaced by version 2'), world.notes.join('\n'));
  assert.match((await server.ask('/metrics')).text, /mlctl_reloads_total\{model="iris_clf",result="changed"\} 11/);
});

test('a version that is refused stays out: the log, the metrics and the health say so', async () => {
  const { world, move } = await soundThenBad();
  await using server = await startServing(world, { models: [{ uri: 'models:/m@champion' }] });
  await move(2);
  const reply = await server.post('/-/reload', {});
  assert.equal(reply.status, 409, reply.text);
  assert.deepEqual(reply.json.models, [{ name: 'm', version: 1, changed: false, refused: 'VERSION_REFUSED' }]);
  assert.equal((await server.post('/invocations', { instances: [{ a: 1, b: 0 }] })).status, 200);
  const { status, json } = await server.ask('/health');
  const [said] = json.models;
  assert.deepEqual([status, json.status, said.version, said.refused], [200, 'behind', 1, 'VERSION_REFUSED']);
  const metrics = (await server.ask('/metrics')).text;
  assert.match(metrics, /mlctl_model_behind\{model="m"\} 1/);
  assert.match(metrics, /mlctl_reloads_total\{model="m",result="refused"\} 1/);
  assert.match(metrics, /mlctl_model_version\{model="m"\} 1/);
  const told = world.notes.filter((note) => /^warning: m: the version before still answers: .*version 2/.test(note));
  assert.equal(told.length, 1, world.notes.join('\n'));
  await move(1);
  assert.equal((await server.post('/-/reload', {})).status, 200);
  assert.equal((await server.ask('/health')).json.status, 'ok');
});

test('a webhook of MLflow needs its signature in place of the token', async () => {
  const world = await irisVersions();
  const secret = 'a secret of the webhook';
  const token = 'correct-horse-battery-staple';
  await using server = await startServing({ ...world, now: Date.now }, { token, webhookSecret: secret });
  const body = JSON.stringify({
    entity: 'model_version_alias',
    action: 'created',
    data: { name: 'iris_clf', alias: 'champion', version: '2' },
  });
  const deliver = async (changes: { body?: string; secret?: string; age?: number; path?: string } = {}) => {
    const time = String(Math.floor(Date.now() / 1000) - (changes.age ?? 0));
    const signature = createHmac('sha256', changes.secret ?? secret)
      .update(`id-1.${time}.${body}`)
      .digest('base64');
    const headers = {
      'x-mlflow-delivery-id': 'id-1',
      'x-mlflow-timestamp': time,
      'x-mlflow-signature': `v1,${signature}`,
    };
    return server.ask(changes.path ?? '/-/reload', { method: 'POST', headers, body: changes.body ?? body });
  };
  await moveChampion(world, 2);
  for (const changes of [
    { body: `${body} ` },
    { secret: 'another' },
    { age: 3600 },
    { age: -3600 },
    { path: '/v2/repository/index' },
  ])
    assert.equal((await deliver(changes)).status, 401, JSON.stringify(changes));
  assert.equal((await server.ask('/-/reload', { method: 'POST' })).status, 401);
  assert.equal((await deliver()).json.models[0].version, 2);
  await using closed = await startServing(world, { token });
  const forged = { method: 'POST', headers: { 'x-mlflow-signature': 'v1,' } };
  assert.equal((await closed.ask('/-/reload', forged)).status, 401);
});
