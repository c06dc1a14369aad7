// What an MLflow server can answer beside success, and what becomes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { modelHistory } from '../../src/operations/history.js';
import { listModels } from '../../src/operations/models.js';
import { listRuns } from '../../src/operations/runs.js';
import { openTracking } from '../../src/tracking/open.js';
import { httpServer, json, type Respond } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const SECRET = 'c4nary-s3cret';
const API = '/api/2.0/mlflow/';
const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  assert.ok(!`${error.message} ${error.hint} ${JSON.stringify(error.details)}`.includes(SECRET));
  return true;
};

async function open(respond: Respond) {
  const server = await httpServer(respond);
  const world = testWorld({
    env: {
      HOME: scratch(),
      MLFLOW_TRACKING_URI: server.url.replace('//', `//user:${SECRET}@`),
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01',
      MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.01',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '2',
    },
  });
  const store = await openTracking(world);
  return { store, server, world };
}

test('refusals by kind', async (t) => {
  for (const [status, body, wanted] of [
    [401, 'You are not authenticated.', 'UNAUTHENTICATED'],
    [403, 'Permission denied', 'PERMISSION_DENIED'],
    [403, 'Invalid Host header - possible DNS rebinding attack detected', 'HOST_HEADER_REFUSED'],
    [404, '<html><title>404</title>Not Found</html>', 'REMOTE_REFUSED'],
    [404, '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}', 'RUN_NOT_FOUND'],
    [500, `Internal Server Error password=${SECRET}`, 'REMOTE_REFUSED'],
    [200, '<html>a sign-in page</html>', 'REMOTE_REFUSED'],
    [200, '[1]', 'REMOTE_REFUSED'],
    [200, `${'['.repeat(1_000_000)}`, 'REMOTE_LIMIT'],
    [200, '{"run":{"info":[]}}', 'REMOTE_REFUSED'],
    [200, '{"run":{"info":{"run_id":{"a":1},"experiment_id":"1"}}}', 'REMOTE_REFUSED'],
  ] as const) {
    const { store, server } = await open((_, response) => response.writeHead(status).end(body));
    t.after(() => server.close());
    const work =
      wanted === 'RUN_NOT_FOUND' ? store.updateRun('r', { status: 'FAILED', endTime: 1 }) : store.getRun('r');
    await assert.rejects(work, code(wanted), `${status} ${body.slice(0, 80)}`);
    assert.ok(!store.uri.includes(SECRET));
  }
});

test('a refusal that comes with 200 is not an empty list', async (t) => {
  for (const body of [
    '{"error_code":"INTERNAL_ERROR","message":"no"}',
    '{"error_code":"INTERNAL_ERROR","runs":[]}',
    '{"message":"Forbidden"}',
    '{"detail":"Not Found"}',
    '{"error":{"code":500}}',
    '{"status":"error"}',
  ]) {
    const { store, server } = await open((_, response) => response.writeHead(200).end(body));
    t.after(() => server.close());
    for (const work of [
      store.searchRuns({ experimentIds: ['0'], maxResults: 10 }),
      store.searchExperiments({ maxResults: 10 }),
      store.updateRun('r', { status: 'FAILED', endTime: 1 }),
    ])
      await assert.rejects(work, code('REMOTE_REFUSED'), body);
  }
  const { store, server } = await open((_, response) => response.writeHead(200).end('{}'));
  t.after(() => server.close());
  assert.deepEqual((await store.searchRuns({ experimentIds: ['0'], maxResults: 10 })).items, []);
});

test('the kind of server is found by its version, else by a request; a missing sign-in is not an answer', async (t) => {
  const route = (asked: { url: string }) => asked.url.replace(API, '');
  for (const [version, search, expected] of [
    ['3.18.0', null, true],
    ['2.22.4', null, false],
    ['10.0.1rc2', null, true],
    [null, [200, '{}'], true],
    [null, [404, '<html>404</html>'], false],
    [null, [400, '{"error_code":"INVALID_PARAMETER_VALUE","message":"x"}'], true],
    ['<html>welcome</html>', [404, ''], false],
    [null, [401, 'sign in'], 'UNAUTHENTICATED'],
    [null, [403, 'Invalid Host header'], 'HOST_HEADER_REFUSED'],
    [null, [500, 'oops'], 'REMOTE_REFUSED'],
  ] as const) {
    const { store, server } = await open((asked, response) => {
      if (asked.url === '/version') return void response.writeHead(version === null ? 404 : 200).end(version ?? '');
      assert.equal(route(asked), 'logged-models/search');
      response.writeHead(search?.[0] ?? 500).end(search?.[1] ?? '');
    });
    t.after(() => server.close());
    if (typeof expected === 'string') await assert.rejects(store.hasLoggedModels(), code(expected));
    else {
      assert.equal(await store.hasLoggedModels(), expected);
      const before = server.asked.length;
      await store.hasLoggedModels();
      assert.equal(server.asked.length, before, 'asked once');
    }
  }
});

test('endless pages are an error', async (t) => {
  let page = 0;
  const model = { info: { model_id: 'm-1', experiment_id: '1', artifact_uri: 'x', name: 'model' } };
  for (const token of [() => 'same', () => `${page++}`]) {
    const { store, server } = await open((asked, response) => {
      if (asked.url === '/version') return void response.end('3.18.0');
      json(response, { models: [model], next_page_token: token() });
    });
    t.after(() => server.close());
    await assert.rejects(store.searchLoggedModels({ experimentIds: ['1'] }), code('REMOTE_LIMIT'));
    assert.ok(server.asked.length <= 1002);
  }
});

test('runs, models, versions, experiments and history are read over all pages, none twice', async (t) => {
  const run = (n: number) => ({
    info: { run_id: `r${n}`, experiment_id: `${n}`, status: 'FINISHED', start_time: n },
    data: {},
  });
  const experiment = (n: number) => ({ experiment_id: `${n}`, name: `e${n}`, lifecycle_stage: 'active' });
  const move = { action: 'promote', kind: 'alias', target: 'a', from_version: null, from_stage: null, user: 'ada' };
  const version = (n: number) => ({
    name: 'n',
    version: `${n}`,
    source: 's',
    run_id: 'r1',
    tags: [{ key: `mlctl.history.${n}`, value: JSON.stringify({ ...move, to_version: n, time: n }) }],
  });
  const lists: Record<string, [key: string, make: (n: number) => object]> = {
    'experiments/search': ['experiments', experiment],
    'runs/search': ['runs', run],
    'registered-models/search': ['registered_models', (n) => ({ name: `m${n}` })],
    'model-versions/search': ['model_versions', version],
  };
  const tokens = new Map<string, (string | null)[]>();
  const { server, world } = await open((asked, response) => {
    if (asked.url === '/version') return void response.end('3.18.0');
    const url = new URL(asked.url, 'http://x');
    const route = url.pathname.replace(API, '');
    const [key, make] = lists[route] ?? [];
    if (route === 'registered-models/get') return json(response, { registered_model: { name: 'n' } });
    if (route === 'experiments/get') return json(response, { experiment: experiment(1) });
    if (key === undefined || make === undefined) return json(response, {});
    const body = asked.body === '' ? {} : JSON.parse(asked.body);
    const token: string | null = url.searchParams.get('page_token') ?? body.page_token ?? null;
    tokens.set(route, [...(tokens.get(route) ?? []), token]);
    // A token that holds what an address must encode.
    const page = token === null ? 0 : ['p/1+&=', 'p 2%'].indexOf(token) + 1;
    const next = ['p/1+&=', 'p 2%', undefined][page];
    json(response, { [key]: [2 * page + 1, 2 * page + 2].map(make), ...(next ? { next_page_token: next } : {}) });
  });
  t.after(() => server.close());
  const all = [1, 2, 3, 4, 5, 6];
  const { runs, more } = await listRuns(world, {});
  assert.deepEqual([runs.map((one) => one.run_id), more], [all.map((n) => `r${n}`), false]);
  // Asked for by the ids of all experiments, those of the last page too.
  const searched = server.asked.find(({ url }) => url.includes('runs/search'))?.body ?? '';
  assert.deepEqual(JSON.parse(searched).experiment_ids.toSorted(), all.map(String));
  assert.deepEqual(
    (await listModels(world, {})).models.map(({ name }) => name),
    all.map((n) => `m${n}`),
  );
  const three = await listModels(world, { max: 3 });
  assert.deepEqual([three.models.length, three.more], [3, true]);
  const [named] = (await listModels(world, { name: 'n' })).models;
  assert.deepEqual(
    named?.versions.map((one) => one.version),
    all.toReversed(),
  );
  const { moves } = await modelHistory(world, { name: 'n', alias: 'a' });
  assert.deepEqual(
    moves.flatMap((one) => (one.action === 'promote' ? [one.to_version] : [])),
    all.toReversed(),
  );
  for (const route of Object.keys(lists))
    assert.deepEqual(tokens.get(route)?.slice(0, 3), [null, 'p/1+&=', 'p 2%'], route);
});

test('a lost answer does not lead to a second run, version or model', async (t) => {
  const made = new Map<string, string[]>();
  const { store, server } = await open((asked, response, request) => {
    const route = asked.url.replace(API, '').replace(/\?.*/, '');
    if (asked.url === '/version') return void response.end('3.18.0');
    const body = asked.body === '' ? {} : JSON.parse(asked.body);
    const markOf = (tags: { key: string; value: string }[]) =>
      tags.find((tag) => tag.key === 'mlctl.request_id')?.value ?? '';
    const known = (kind: string) => made.get(kind) ?? [];
    const run = (mark: string) => ({
      info: { run_id: mark, experiment_id: '1', status: 'RUNNING' },
      data: { tags: [] },
    });
    const version = (mark: string) => ({
      name: 'n',
      version: '1',
      source: 's',
      tags: [{ key: 'mlctl.request_id', value: mark }],
    });
    const model = (mark: string) => ({
      info: {
        model_id: 'm-1',
        experiment_id: '1',
        artifact_uri: 'x',
        name: 'model',
        tags: [{ key: 'mlctl.request_id', value: mark }],
      },
    });
    if (['runs/create', 'model-versions/create', 'logged-models'].includes(route)) {
      // Done, and the answer is lost.
      made.set(route, [...known(route), markOf(body.tags)]);
      return void request.socket.destroy();
    }
    if (route === 'runs/search') return json(response, { runs: known('runs/create').map(run) });
    if (route === 'model-versions/search')
      return json(response, { model_versions: known('model-versions/create').map(version) });
    if (route === 'logged-models/search') return json(response, { models: known('logged-models').map(model) });
    response.writeHead(404).end();
  });
  t.after(() => server.close());
  const tags = new Map<string, string>();
  const run = await store.createRun({
    experimentId: '1',
    runName: 'r',
    userId: 'u',
    startTime: 1,
    tags,
    requestId: 'mark1',
  });
  assert.equal(run.runId, 'mark1');
  const version = await store.createModelVersion({
    name: 'n',
    source: 's',
    modelId: null,
    runId: null,
    tags,
    requestId: 'mark2',
  });
  assert.equal(version.version, 1);
  const model = await store.createLoggedModel({
    experimentId: '1',
    name: 'model',
    sourceRunId: 'r',
    params: tags,
    tags,
  });
  assert.equal(model.modelId, 'm-1');
  assert.deepEqual(
    [...made.values()].map((marks) => marks.length),
    [1, 1, 1],
  );
});

test('NaN and the infinities go as words; large batches are split below the limits', async (t) => {
  const bodies: { metrics: { value: unknown }[]; params: unknown[]; tags: unknown[] }[] = [];
  const { store, server } = await open((asked, response) => {
    bodies.push(JSON.parse(asked.body));
    json(response, {});
  });
  t.after(() => server.close());
  const at = { timestamp: 1, step: 0 };
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324];
  await store.logBatch('r', { metrics: values.map((value, i) => ({ key: `k${i}`, value, ...at })) });
  assert.deepEqual(
    bodies[0]?.metrics.map((metric) => metric.value),
    ['NaN', 'Infinity', '-Infinity', 0, 5e-324],
  );
  bodies.length = 0;
  await store.logBatch('r', {
    metrics: Array.from({ length: 2500 }, (_, i) => ({ key: 'm', value: i, timestamp: i, step: i })),
    params: new Map(Array.from({ length: 250 }, (_, i) => [`p${i}`, 'x'])),
    tags: new Map(Array.from({ length: 101 }, (_, i) => [`t${i}`, 'x'])),
  });
  for (const { metrics, params, tags } of bodies) {
    assert.ok(metrics.length <= 1000 && params.length <= 100 && tags.length <= 100);
    assert.ok(metrics.length + params.length + tags.length <= 1000);
  }
  const sum = (pick: (body: (typeof bodies)[number]) => unknown[]) =>
    bodies.reduce((n, body) => n + pick(body).length, 0);
  assert.deepEqual([sum((b) => b.metrics), sum((b) => b.params), sum((b) => b.tags)], [2500, 250, 101]);
  const asked = server.asked.length;
  await assert.rejects(store.logBatch('r', { params: new Map([['p', 'x'.repeat(6001)]]) }), code('VALUE_TOO_LONG'));
  await assert.rejects(store.logBatch('r', { tags: new Map([['p', 'x'.repeat(8001)]]) }), code('VALUE_TOO_LONG'));
  await assert.rejects(store.logBatch('r', { params: new Map([['k'.repeat(251), 'x']]) }), code('VALUE_TOO_LONG'));
  assert.equal(server.asked.length, asked, 'nothing was sent');
});

test('odd values in an answer are refused', async (t) => {
  const run = (data: unknown, info = {}) => ({ run: { info: { run_id: 'r', experiment_id: '1', ...info }, data } });
  let answer: unknown;
  const { store, server } = await open((asked, response) => {
    if (asked.url === '/version') return void response.end('3.18.0');
    json(response, answer);
  });
  t.after(() => server.close());
  for (const value of [{}, [], true, 'abc', '', ' ', { valueOf: 1 }]) {
    answer = run({ metrics: [{ key: 'm', value }] });
    await assert.rejects(store.getRun('r'), code('REMOTE_REFUSED'), JSON.stringify(value));
  }
  for (const info of [{ start_time: {} }, { end_time: [1] }, { run_id: 'a/../b' }, { experiment_id: '\ud800' }]) {
    answer = run({}, info);
    await assert.rejects(store.getRun('r'), code('REMOTE_REFUSED'), JSON.stringify(info));
  }
  for (const [value, expected] of [
    ['1.5', 1.5],
    [undefined, 0],
    ['NaN', Number.NaN],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    [Number.MAX_VALUE, Number.POSITIVE_INFINITY],
  ] as const) {
    answer = run({ metrics: [{ key: 'm', value }] });
    assert.equal((await store.getRun('r'))?.metrics.get('m')?.value, expected);
  }
  for (const modelId of ['\udfff', 'm-1/../../x', '']) {
    answer = { model_version: { name: 'n', version: '1', source: 's', model_id: modelId } };
    if (modelId !== '') await assert.rejects(store.getModelVersion('n', 1), code('REMOTE_REFUSED'));
    assert.equal(await store.getLoggedModel(modelId), null);
    await assert.rejects(store.finalizeLoggedModel(modelId, 'READY'), code('NAME_INVALID'));
    await assert.rejects(store.setLoggedModelTags(modelId, new Map([['a', 'b']])), code('NAME_INVALID'));
  }
  for (const version of [{}, '1.5', 0, null]) {
    answer = { registered_model: { name: 'n', aliases: [{ alias: 'a', version }] } };
    await assert.rejects(store.getRegisteredModel('n'), code('REMOTE_REFUSED'));
  }
});
