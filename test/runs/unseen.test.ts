// What a server made though nobody heard its answer is found and ended when the command is stopped; where it cannot be, that is said.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openTracking } from '../../src/tracking/open.js';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { httpServer, json } from '../support/http-server.js';
import { startMlflow } from '../support/mlflow-server.js';
import { BIN, scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const RUN = '0123456789abcdef'.repeat(2);
const MODEL = `m-${RUN}`;
/** Another command's, made in the same run. */
const OTHER = `m-${'f'.repeat(32)}`;
const markOf = (body: Record<string, unknown>): string =>
  (body['tags'] as { key: string; value: string }[]).find(({ key }) => key === 'mlctl.request_id')!.value;
const cwd = scratch();
before(() => {
  assert.equal(runCli(['train', '--no-log', '--out', join(cwd, 'package')], { cwd }).code, 0);
});

interface Manner {
  /** The call that is carried out so much later, and whose answer never comes. */
  readonly slow: string;
  readonly afterMs: number;
  /** Nothing is answered from then on. */
  readonly thenSilent?: boolean;
}

/** As much of MLflow 3 as a run with a model needs; `asked` resolves with the slow call. */
async function slowServer({ slow, afterMs, thenSilent }: Manner) {
  const state = { run: 'none', model: 'none', other: 'pending' };
  let requestId = '';
  let modelMark = '';
  let silent = false;
  let heard = (): void => {};
  const asked = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const runOf = () => ({
    info: {
      run_id: RUN,
      experiment_id: '1',
      status: state.run,
      lifecycle_stage: 'active',
      artifact_uri: `mlflow-artifacts:/1/${RUN}/artifacts`,
    },
    data: { tags: [{ key: 'mlctl.request_id', value: requestId }] },
  });
  const modelOf = () => ({
    info: {
      model_id: MODEL,
      name: 'model',
      experiment_id: '1',
      source_run_id: RUN,
      status: state.model,
      artifact_uri: `mlflow-artifacts:/1/models/${MODEL}/artifacts`,
    },
    data: {},
  });
  const models = () => {
    const { info } = modelOf();
    const tags = (mark: string) => [{ key: 'mlctl.request_id', value: mark }];
    const other = { ...info, model_id: OTHER, creation_timestamp_ms: 9e12, tags: tags('of another command') };
    return [{ info: other }, ...(state.model === 'none' ? [] : [{ info: { ...info, tags: tags(modelMark) } }])];
  };
  const acts: Record<string, (body: Record<string, unknown>) => unknown> = {
    'experiments/get-by-name': () => ({ experiment: { experiment_id: '1', name: 'e', lifecycle_stage: 'active' } }),
    'experiments/get': () => ({ experiment: { experiment_id: '1', name: 'e', lifecycle_stage: 'active' } }),
    'runs/search': () => (state.run === 'none' ? {} : { runs: [runOf()] }),
    'runs/create': (body) => {
      requestId = markOf(body);
      state.run = 'RUNNING';
      return { run: runOf() };
    },
    'runs/update': (body) => {
      state.run = body['status'] as string;
      return { run_info: runOf().info };
    },
    'runs/get': () => ({ run: { ...runOf(), info: { ...runOf().info, status: 'FINISHED' } } }),
    'logged-models': (body) => {
      modelMark = markOf(body);
      state.model = 'LOGGED_MODEL_PENDING';
      return { model: modelOf() };
    },
    'logged-models/search': () => ({ models: models() }),
    [`logged-models/${OTHER}`]: () => {
      state.other = 'touched';
      return {};
    },
    [`logged-models/${MODEL}`]: (body) => {
      state.model = body['status'] as string;
      return { model: modelOf() };
    },
  };
  const files = new Map<string, string>();
  const server = await httpServer((one, response) => {
    if (silent) return;
    const { pathname } = new URL(one.url, 'http://h');
    if (pathname === '/version') return void response.end('3.4.0');
    // Files are read back once they are written.
    if (one.method === 'PUT') files.set(pathname, one.body);
    const file = files.get(pathname);
    if (one.method === 'GET' && file !== undefined) return void response.end(Buffer.from(file, 'latin1'));
    const route = pathname.replace('/api/2.0/mlflow/', '');
    const act = acts[route];
    if (route === slow && one.method === 'POST') {
      silent = thenSilent ?? false;
      setTimeout(() => act?.(JSON.parse(one.body)), afterMs);
      return heard();
    }
    json(response, act ? act(one.body === '' ? {} : JSON.parse(one.body)) : {});
  });
  return { server, state, asked };
}

async function stopped(url: string, asked: Promise<void>, signal: NodeJS.Signals | null, args: readonly string[] = []) {
  const child = spawn(process.execPath, [BIN, 'log', 'package', '--json', ...args], {
    cwd,
    env: cleanEnvironment({ MLFLOW_TRACKING_URI: url, USER: 'ada' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  const closed = once(child, 'close');
  await Promise.race([asked, closed.then(() => assert.fail(`it ended before it was stopped: ${stdout}`))]);
  const from = performance.now();
  if (signal !== null) child.kill(signal);
  const [code] = await closed;
  return { code, tookMs: performance.now() - from, error: JSON.parse(stdout).error };
}

for (const [signal, exit, afterMs] of [
  ['SIGINT', 130, 300],
  ['SIGTERM', 143, 2000],
] as const) {
  test(`${signal} while a run is made, which takes the server ${afterMs} ms: it is KILLED`, async (t) => {
    const { server, state, asked } = await slowServer({ slow: 'runs/create', afterMs });
    t.after(() => server.close());
    const { code, tookMs } = await stopped(server.url, asked, signal);
    assert.deepEqual([code, state.run], [exit, 'KILLED']);
    assert.ok(tookMs < 9000, `took ${tookMs} ms`);
  });
}

for (const [where, args, run] of [
  ['a new run', [], 'KILLED'],
  // Its status is not ours to change.
  ['an older run', ['--run-id', RUN], 'none'],
] as const) {
  test(`SIGINT while a model is made in ${where}, whose answer is lost: that model is FAILED, and no other`, async (t) => {
    const { server, state, asked } = await slowServer({ slow: 'logged-models', afterMs: 2500 });
    t.after(() => server.close());
    const { code, tookMs } = await stopped(server.url, asked, 'SIGINT', args);
    assert.deepEqual([code, state], [130, { run, model: 'LOGGED_MODEL_UPLOAD_FAILED', other: 'pending' }]);
    assert.ok(tookMs < 9000, `took ${tookMs} ms`);
  });
}

test('a server that stops answering: the error names the run that is left and the command that shows it', async (t) => {
  for (const [signal, args, word, most] of [
    ['SIGINT', [], 'INTERRUPTED', 9000],
    [null, ['--timeout', '8'], 'DEADLINE_PASSED', 13_000],
  ] as const) {
    const { server, asked } = await slowServer({ slow: 'logged-models', afterMs: 0, thenSilent: true });
    t.after(() => server.close());
    const { tookMs, error } = await stopped(server.url, asked, signal, args);
    assert.equal(error.code, word);
    assert.match(error.message, new RegExp(`run ${RUN} is left as RUNNING`));
    assert.match(error.hint, new RegExp(`mlctl runs ${RUN}`));
    assert.equal(error.details.left_running, RUN);
    assert.ok(tookMs < most, `took ${tookMs} ms`);
  }
  // Whether there is a run at all, nobody knows: its mark is told.
  const { server, asked } = await slowServer({ slow: 'runs/create', afterMs: 0, thenSilent: true });
  t.after(() => server.close());
  const { tookMs, error } = await stopped(server.url, asked, 'SIGTERM');
  assert.equal(error.code, 'TERMINATED');
  assert.match(error.message, /the server did not answer, so the run may exist/);
  assert.ok(error.hint.includes(`mlctl runs --filter "tags.\`mlctl.request_id\` = '${error.details.request_id}'"`));
  assert.ok(tookMs < 9000, `took ${tookMs} ms`);
});

test('a real server: a signal within three milliseconds of runs/create leaves no run in RUNNING', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const mlflow = await startMlflow(found.python, folder);
  t.after(() => mlflow.stop());
  const target = new URL(mlflow.url);
  let heard = (): void => {};
  // Hands everything on, whether or not the client is still there to hear the answer.
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const onward = httpRequest(
      { host: target.hostname, port: target.port, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(chunks));
    if (request.url?.endsWith('/runs/create')) heard();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (let nth = 0; nth < 8; nth += 1) {
    const asked = new Promise<void>((resolve) => {
      heard = resolve;
    }).then(() => pause(nth % 4));
    const { code, tookMs } = await stopped(url, asked, nth % 2 === 0 ? 'SIGINT' : 'SIGTERM', [
      '--experiment',
      'stopped',
    ]);
    assert.equal(code, nth % 2 === 0 ? 130 : 143);
    assert.ok(tookMs < 9000, `took ${tookMs} ms`);
  }
  const store = await openTracking(testWorld({ env: { MLFLOW_TRACKING_URI: mlflow.url } }));
  t.after(() => store.close());
  const experiment = await store.getExperimentByName('stopped');
  const { items } = await store.searchRuns({ experimentIds: [experiment?.experimentId ?? ''] });
  assert.ok(items.length > 0);
  assert.deepEqual([...new Set(items.map((run) => run.status))], ['KILLED']);
});
