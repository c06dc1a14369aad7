import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { median } from '../measure.mjs';
import { freePort, startPeer } from '../start-peer.mjs';
import { findWrk, loadServer, usedBy } from '../wrk.mjs';

export const title = 'mlctl serve: the iris model at 16 connections, whole processes';

const CONNECTIONS = 16;
const SECONDS = 4;
const WARM_SECONDS = 3;
const TURNS = 3;
const STARTS = 7;
const MODELS = 20;
const FLOWER = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };
const JSON_HEADERS = { 'content-type': 'application/json' };

/** Rows that differ, the same every time. */
const rowsOf = (count) => Array.from({ length: count }, (_, i) => ({ ...FLOWER, 'petal length (cm)': 1 + (i % 400) / 100 }));
const scoringBody = (count) => JSON.stringify({ dataframe_records: rowsOf(count) });
const tensorBody = (count) =>
  JSON.stringify({
    inputs: Object.keys(FLOWER).map((name) => ({ name, datatype: 'FP64', shape: [count, 1], data: rowsOf(count).map((row) => row[name]) })),
  });

const ask = async (url, body) => {
  const reply = await fetch(url, { method: 'POST', headers: JSON_HEADERS, body });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}: ${text.slice(0, 300)}`);
  return text;
};

export default async function figure({ root, node, bin, python }) {
  const wrk = findWrk(root);
  if (wrk === null || process.platform !== 'linux') return [{ name: 'left out: needs wrk and Linux', value: '-' }];
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  const servers = [];
  const start = async (how) => {
    const server = await startPeer({ cwd: work, ...how });
    servers.push(server);
    return server;
  };
  const serve = (uris, more = {}) => ({ command: node, args: [bin, 'serve', ...uris, '--port', '0', '--json'], health: null, ...more });
  try {
    const trained = train(node, bin, work, ['--register', 'iris']);
    const rows = [...(await starts(serve, work)), ...(await memoryOfMany({ node, bin, work, serve, path: trained.path }))];
    const ours = await start(serve([trained.model_uri]));
    const peers = await startPeers({ root, python, work, start, path: trained.path });
    const name = (await (await fetch(`${ours.url}/health`)).json()).models[0].name;
    for (const count of [1, 1000])
      rows.push(...(await compareAt(count, { wrk, node, root, work, start, ours, peers, name })));
    rows.push(...(await longLoad({ wrk, work, start, how: serve([trained.model_uri]) })));
    return rows;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(work, { recursive: true, force: true });
  }
}

function train(node, bin, cwd, args) {
  const done = spawnSync(node, [bin, 'train', ...args, '--json'], { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

/** From the start of the process to its first answer, and its memory then. */
async function starts(serve, work) {
  const times = [];
  const memory = [];
  const seconds = [];
  for (let turn = 0; turn <= STARTS; turn++) {
    const server = await startPeer({ cwd: work, ...serve(['models:/iris/1']) });
    const used = usedBy(server.pid);
    await server.stop();
    // The first fills the cache.
    if (turn === 0) continue;
    times.push(server.readyMs);
    memory.push(used.mib);
    seconds.push(used.seconds * 1000);
  }
  const ready = Math.min(...times);
  return [
    { name: 'ready from a warm cache, best of 7', value: `${ready.toFixed(0)} ms`, target: '<= 150 ms', met: ready <= 150 },
    { name: 'median, and processor time of it', value: `${median(times).toFixed(0)}, ${median(seconds).toFixed(0)} ms` },
    { name: 'resident memory when ready', value: `${median(memory).toFixed(0)} MiB`, target: '<= 100 MiB', met: median(memory) <= 100 },
  ];
}

async function memoryOfMany({ node, bin, work, serve, path }) {
  for (let i = 1; i < MODELS; i++) train(node, bin, work, ['--register', 'iris', '--set', `logistic_regression.C=${i / 10}`]);
  const uris = Array.from({ length: MODELS }, (_, i) => `m${i + 1}=models:/iris/${i + 1}`);
  const residentOf = async (many) => {
    const server = await startPeer({ cwd: work, ...serve(many) });
    for (const [i] of many.entries()) await ask(`${server.url}/invocations/m${i + 1}`, scoringBody(1));
    const { mib } = usedBy(server.pid);
    await server.stop();
    return mib;
  };
  const sizes = [];
  for (let turn = 0; turn < 3; turn++) sizes.push(((await residentOf(uris)) - (await residentOf(uris.slice(0, 1)))) / (MODELS - 1));
  const each = median(sizes);
  const most = 2 + (3 * statSync(join(path, 'model.onnx')).size) / 2 ** 20;
  return [{ name: 'each further model of 20', value: `${each.toFixed(2)} MiB`, target: `<= ${most.toFixed(2)} MiB`, met: each <= most }];
}

async function startPeers({ root, python, work, start, path }) {
  const peers = {};
  if (python !== null) {
    const port = await freePort();
    const args = ['models', 'serve', '-m', path, '--host', '127.0.0.1', '--port', String(port), '--env-manager', 'local'];
    // It looks for uvicorn on PATH.
    const env = { PATH: `${dirname(python)}:${process.env.PATH}` };
    peers.mlflow = await start({ command: join(dirname(python), 'mlflow'), args, env, health: `http://127.0.0.1:${port}/ping` });
  }
  const made = spawnSync(process.execPath, [join(root, 'scripts', 'python-env.mjs'), 'mlserver'], { encoding: 'utf8' });
  if (made.status === 0) peers.mlserver = await startMlserver({ python: made.stdout.trim(), work, start, path });
  return peers;
}

async function startMlserver({ python, work, start, path }) {
  const folder = join(work, 'mlserver');
  mkdirSync(folder);
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
  const settings = { host: '127.0.0.1', http_port: http, grpc_port: grpc, metrics_port: metrics, debug: false, parallel_workers: 0 };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const model = { name: 'iris', implementation: 'mlserver_mlflow.MLflowRuntime', parameters: { uri: path } };
  writeFileSync(join(folder, 'model-settings.json'), JSON.stringify(model));
  const env = { PATH: `${dirname(python)}:${process.env.PATH}` };
  // By its module, because a script names the folder that its environment was made in.
  const args = ['-c', 'from mlserver.cli import main; main()', 'start', folder];
  return start({ command: python, args, env, health: `http://127.0.0.1:${http}/v2/models/iris/ready` });
}

/** All servers in turn, again and again, so that a drift of the machine hits all alike. */
async function compareAt(count, { wrk, node, root, work, start, ours, peers, name }) {
  const scoring = scoringBody(count);
  const tensors = tensorBody(count);
  const answer = await ask(`${ours.url}/invocations`, scoring);
  const floor = await start({ command: node, args: [join(root, 'bench', 'serve-floor.mjs'), answer], health: null });
  const targets = {
    mlctl: { server: ours, path: '/invocations', body: scoring },
    'mlctl v2': { server: ours, path: `/v2/models/${name}/infer`, body: tensors },
    'node:http': { server: floor, path: '/', body: scoring },
    ...(peers.mlflow ? { mlflow: { server: peers.mlflow, path: '/invocations', body: scoring } } : {}),
    ...(peers.mlserver ? { mlserver: { server: peers.mlserver, path: '/v2/models/iris/infer', body: tensors } } : {}),
  };
  const loads = Object.fromEntries(Object.keys(targets).map((target) => [target, []]));
  for (const { server, path, body } of Object.values(targets)) await ask(server.url + path, body);
  // A service runs for days, so what counts is the time once the code is compiled.
  for (const { server, path, body } of Object.values(targets))
    await loadServer({ wrk, url: server.url + path, pid: server.pid, body, seconds: WARM_SECONDS, connections: CONNECTIONS, folder: work });
  for (let turn = 0; turn < TURNS; turn++)
    for (const [target, { server, path, body }] of Object.entries(targets))
      loads[target].push(await loadServer({ wrk, url: server.url + path, pid: server.pid, body, seconds: SECONDS, connections: CONNECTIONS, folder: work }));
  await floor.stop();
  const of = (target, fact) => median(loads[target].map((load) => load[fact]));
  const ratio = (a, b, fact) => median(loads[a].map((load, turn) => load[fact] / loads[b][turn][fact]));
  const size = count === 1 ? '1 row' : `${count} rows`;
  const out = Object.keys(targets).map((target) => ({
    name: `${size}: ${target}, answers a second · CPU · p99`,
    value: `${of(target, 'rate').toFixed(0)} · ${of(target, 'cpu').toFixed(0)} µs · ${of(target, 'p99').toFixed(1)} ms`,
  }));
  const versus = (ourName, peer, least) => {
    if (loads[peer] === undefined) return;
    const [times, cpu] = [ratio(ourName, peer, 'rate'), ratio(peer, ourName, 'cpu')];
    const target = least === null ? {} : { target: `>= ${least} x`, met: times >= least };
    out.push({ name: `${size}: ${ourName} / ${peer} (by processor time)`, value: `${times.toFixed(2)} (${cpu.toFixed(2)}) x`, ...target });
  };
  versus('mlctl', 'node:http', 0.3);
  versus('mlctl', 'mlflow', count === 1 ? 50 : 15);
  // With many rows no server of node can be 15 times as fast as MLServer: one that only parses the body is 4 times as fast.
  versus('mlctl v2', 'mlserver', count === 1 ? 25 : null);
  for (const [ourName, peer] of [['mlctl', 'mlflow'], ['mlctl v2', 'mlserver']])
    if (count === 1 && loads[peer] !== undefined) {
      const slower = ratio(peer, ourName, 'p99');
      out.push({ name: `p99 of ${peer} / of ${ourName}`, value: `${slower.toFixed(1)} x`, target: '>= 20 x', met: slower >= 20 });
    }
  const bad = Object.values(loads).flat().reduce((sum, { refused, failed }) => sum + refused + failed, 0);
  if (bad > 0) out.push({ name: `${size}: answers that were refused or lost`, value: String(bad), target: '0', met: false });
  return out;
}

/** A minute at 64 connections: every answer is right, and memory stays. */
async function longLoad({ wrk, work, start, how }) {
  const server = await start(how);
  const body = scoringBody(1);
  const expected = await ask(`${server.url}/invocations`, body);
  const load = (seconds) =>
    loadServer({ wrk, url: `${server.url}/invocations`, pid: server.pid, body, expected, seconds, connections: 64, folder: work });
  const first = await load(10);
  const { requests, wrong, refused, failed, mib } = await load(60);
  const drift = (mib / first.mib - 1) * 100;
  return [
    { name: `64 connections for 60 s: ${requests} answers, of them bad`, value: String(wrong + refused + failed), target: '0', met: wrong + refused + failed === 0 },
    { name: 'resident memory after them', value: `${mib.toFixed(0)} MiB, ${drift >= 0 ? '+' : ''}${drift.toFixed(1)} %`, target: '< 5 %', met: drift < 5 },
  ];
}
