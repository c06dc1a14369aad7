// Fifty times the alias moves while clients ask over HTTP, and the server is stopped or overrun while it answers.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FLOWER, flower, irisVersions, moveChampion } from '../library/iris-versions.js';
import { postBody } from './post-body.js';
import { connectTo } from './raw-request.js';
import { serveProcess } from './serve-process.js';
import { startServing } from './start-serving.js';

const SWAPS = 50;
const CLIENTS = 8;
/** Several rows, so that an answer could mix two versions. */
const ROWS = JSON.stringify({ dataframe_records: Array.from({ length: 20 }, (_, i) => flower(i * 80)) });
const ONE = JSON.stringify({ dataframe_records: [FLOWER] });

const post = (url: string, body: string, agent: Agent) => postBody(`${url}/invocations`, body, agent);

test(`${SWAPS} swaps under load: not one request fails, and no answer mixes versions`, async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const answers = new Map<string, number>();
  for (const version of [2, 1]) {
    await moveChampion(world, version);
    await server.post('/-/reload', {});
    answers.set((await post(server.url, ROWS, agent)).text, version);
  }
  assert.equal(answers.size, 2);
  const counts = [0, 0, 0];
  let isOver = false;
  const load = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) {
      const { status, text } = await post(server.url, ROWS, agent);
      assert.equal(status, 200, text);
      const version = answers.get(text);
      assert.ok(version !== undefined, `of neither version: ${text}`);
      counts[version]! += 1;
    }
  });
  try {
    for (let swap = 0; swap < SWAPS; swap++) {
      const version = 2 - (swap % 2);
      await moveChampion(world, version);
      const { json } = await server.post('/-/reload', {});
      assert.deepEqual(json.models, [{ name: 'iris_clf', version, changed: true, refused: null }]);
    }
  } finally {
    isOver = true;
  }
  await Promise.all(load);
  agent.destroy();
  assert.ok(counts[1]! > SWAPS && counts[2]! > SWAPS, String(counts));
});

test('SIGTERM under load: ready turns 503, what is under way is answered, who never finishes is cut off, exit 0', async () => {
  const world = await irisVersions();
  await using server = await serveProcess(world, ['models:/iris_clf@champion']);
  const head = `POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${ONE.length}\r\n\r\n`;
  const endless = await connectTo(server.url);
  const late = await connectTo(server.url);
  let lateAnswer = '';
  late.on('data', (chunk) => (lateAnswer += chunk));
  for (const socket of [endless, late]) {
    socket.on('error', () => {});
    socket.write(head + ONE.slice(0, 10));
  }
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let answered = 0;
  let isOver = false;
  const load = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) {
      const { status, text } = await post(server.url, ONE, agent);
      assert.equal(status, 200, text);
      answered += 1;
      await sleep(2);
    }
  });
  // A client that fails ends the wait.
  while (answered <= 20) await Promise.race([sleep(20), ...load]);
  const stopped = server.stop('SIGTERM');
  // As a load balancer does: it looks at `ready`, and sends no more.
  while ((await fetch(`${server.url}/v2/health/ready`)).status === 200) await sleep(5);
  isOver = true;
  await Promise.all(load);
  // The server does not listen any more when this request becomes whole.
  await sleep(1000);
  await assert.rejects(fetch(`${server.url}/ping`));
  late.write(ONE.slice(10));
  const { code, stderr } = await stopped;
  assert.equal(code, 0, stderr);
  assert.match(lateAnswer, /^HTTP\/1\.1 200 .*"predictions"/s);
});
