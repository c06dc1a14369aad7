import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPeer } from '../start-peer.mjs';
import { usedBy } from '../wrk.mjs';

export const title = 'mlctl serve at 10 times its capacity, and beside 500 slow clients';

/** So many connections keep the server busy all the time. */
const FULL = 16;
const SECONDS = 8;
const SLOW_SOCKETS = 500;
const FLOWER = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };
const bodyOf = (count) =>
  JSON.stringify({ dataframe_records: Array.from({ length: count }, (_, i) => ({ ...FLOWER, 'petal length (cm)': 1 + (i % 400) / 100 })) });

export default async function figure({ root, node, bin }) {
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  const servers = [];
  const start = async (env = {}) => {
    const args = [bin, 'serve', 'models:/iris/1', '--port', '0', '--json'];
    const server = await startPeer({ cwd: work, command: node, args, env, health: null });
    servers.push(server);
    return server;
  };
  const load = async (server, how) => {
    const given = { url: `${server.url}/invocations`, seconds: SECONDS, ...how };
    const child = spawn(node, [join(root, 'bench', 'open-load.mjs'), JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    await once(child, 'close');
    return JSON.parse(said);
  };
  try {
    const trained = spawnSync(node, [bin, 'train', '--register', 'iris', '--json'], { cwd: work, encoding: 'utf8' });
    if (trained.status !== 0) throw new Error(trained.stderr);
    const rows = [];
    for (const count of [1, 100]) rows.push(...(await overload(count, await start(), load)));
    rows.push(...(await besideSlow(await start(), load)));
    // With an empty cache nobody vouches for the model, so that it runs in a process of its own.
    rows.push(await afterDeath(await start({ MLCTL_CACHE_DIR: join(work, 'cache') })));
    return rows;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(work, { recursive: true, force: true });
  }
}

/** First one client alone, then as many as the server can just answer, then 10 times as many, and 10 times as many requests. */
async function overload(count, server, load) {
  const body = bodyOf(count);
  const reply = await fetch(`${server.url}/invocations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const expected = await reply.text();
  const size = count === 1 ? '1 row' : `${count} rows`;
  const how = { body, expected };
  await load(server, { ...how, connections: FULL, seconds: 3 });
  const alone = await load(server, { ...how, connections: 1 });
  const full = await load(server, { ...how, connections: FULL });
  const before = usedBy(server.pid).mib;
  const many = await load(server, { ...how, connections: 10 * FULL });
  const fast = await load(server, { ...how, connections: 1024, rate: 10 * full.rate });
  const drift = (usedBy(server.pid).mib / before - 1) * 100;
  const tail = ({ times }) => times.accepted.p99 ?? Number.NaN;
  const out = [
    { name: `${size}: capacity (${FULL} connections); p99 of one client alone`, value: `${full.rate.toFixed(0)} a second; ${tail(alone).toFixed(1)} ms` },
  ];
  for (const [name, one] of [
    [`${10 * FULL} connections that never wait`, many],
    [`${(10 * full.rate).toFixed(0)} requests a second wanted`, fast],
  ]) {
    const bad = one.other + one.wrong + one.lost + one.unanswered + one.withoutRetryAfter;
    const ratio = tail(one) / tail(alone);
    out.push(
      { name: `${size}, ${name}: sent, 200, 503`, value: `${one.sentRate.toFixed(0)} a second, ${one.accepted}, ${one.busy}` },
      { name: `${size}, ${name}: any other end`, value: String(bad), target: '0', met: bad === 0 },
      { name: `${size}, ${name}: p99 of the accepted / alone`, value: `${ratio.toFixed(2)} x (${tail(one).toFixed(1)} ms)`, target: '<= 3 x', met: ratio <= 3 },
    );
  }
  out.push({ name: `${size}: resident memory after it`, value: `${drift >= 0 ? '+' : ''}${drift.toFixed(1)} %` });
  return out;
}

/** The process of a model is ended by force, as the system does when memory is short. */
async function afterDeath(server) {
  const ask = async () => (await fetch(`${server.url}/invocations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bodyOf(1) })).status;
  const times = [];
  for (let turn = 0; turn < 5; turn++) {
    if ((await ask()) !== 200) throw new Error('the model does not answer');
    const [child, ...others] = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ');
    if (!child || others.length > 0) throw new Error('the model does not run in one process of its own');
    process.kill(Number(child), 'SIGKILL');
    const start = performance.now();
    while ((await ask()) !== 200) await sleep(5);
    times.push(performance.now() - start);
    // One that ends again within a second is started later.
    await sleep(1500);
  }
  const slowest = Math.max(...times);
  return { name: "after a model's process was killed: the next answer, slowest of 5", value: `${slowest.toFixed(0)} ms`, target: '< 2000 ms', met: slowest < 2000 };
}

/** What a client sends that never finishes. */
const SLOW = {
  headers: 'POST /invocations HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  bodies: 'POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
};

async function besideSlow(server, load) {
  const { hostname, port } = new URL(server.url);
  const rows = [];
  for (const [kind, begun] of Object.entries(SLOW)) {
    const sockets = await Promise.all(
      Array.from({ length: SLOW_SOCKETS }, async () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.resume().write(begun);
        return socket;
      }),
    );
    await sleep(200);
    const { times, accepted, sent } = await load(server, { body: bodyOf(1), connections: 1 });
    for (const socket of sockets) socket.destroy();
    const met = accepted === sent && times.accepted.p99 < 100;
    rows.push({ name: `p99 of one client beside ${SLOW_SOCKETS} with slow ${kind}`, value: `${times.accepted.p99.toFixed(1)} ms`, target: '< 100 ms', met });
  }
  return rows;
}
