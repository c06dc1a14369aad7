// Far more clients than the server can answer: each gets the right predictions, or 503 with Retry-After, and none of them waits for ever.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { test } from 'node:test';
import { countdownFolder } from '../library/countdown-folder.js';
import { FLOWER, flower, irisVersions } from '../library/iris-versions.js';
import { testWorld } from '../support/worlds.js';
import { type PostReply, postBody } from './post-body.js';
import { rawRequest } from './raw-request.js';
import { serveProcess } from './serve-process.js';
import { startServing } from './start-serving.js';

/**
 * Asks for more in one turn of the event loop than are let in, so that the server is overloaded however fast it is and however slow
 * its clients are. Answers how many were refused.
 */
async function overload(url: string, body: string): Promise<number> {
  const { host, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  const one = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const text = `${one.repeat(200)}GET /ping HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  // The system may hand it over in parts.
  for (let tries = 0; tries < 20; tries++) {
    const refused = (await rawRequest(url, text, 20_000)).match(/HTTP\/1\.1 503/g)?.length ?? 0;
    if (refused > 0) return refused;
  }
  throw new Error('200 requests in one packet are all answered');
}

/** `total` requests over so many connections, each asking again at once, beside the small ones that begin the overload. */
async function overrun(
  url: string,
  bodies: readonly string[],
  { total, connections, small = bodies[0]! }: { total: number; connections: number; small?: string },
) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const early = overload(url, small);
  const replies = await Promise.all(
    Array.from({ length: total }, async (_, i) => ({ i, ...(await postBody(url, bodies[i % bodies.length]!, agent)) })),
  );
  agent.destroy();
  return { replies, early: await early };
}

/** Every reply is one of the two, and both occur. */
function assertReplies(replies: readonly (PostReply & { i: number })[], expected: readonly string[], isV2: boolean) {
  const counts = { accepted: 0, refused: 0 };
  for (const { i, status, retryAfter, text } of replies) {
    if (status === 200) {
      counts.accepted += 1;
      assert.equal(text, expected[i % expected.length]);
    } else {
      counts.refused += 1;
      assert.deepEqual([status, retryAfter], [503, '1'], text);
      const said = JSON.parse(text);
      assert.match(isV2 ? said.error : said.message, /^the server is busy: ask again later$/);
      if (!isV2) assert.equal(said.error_code, 'TEMPORARILY_UNAVAILABLE');
    }
  }
  assert.ok(counts.accepted > 0 && counts.refused > 0, JSON.stringify(counts));
}

const metricsOf = async (url: string, name: RegExp) =>
  Number(name.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

test('1,280 clients at once: 200 with the right predictions, or 503 with Retry-After; health and metrics answer meanwhile', async () => {
  const world = await irisVersions();
  await using server = await serveProcess(world, ['models:/iris_clf@champion']);
  const url = `${server.url}/invocations`;
  const bodies = Array.from({ length: 7 }, (_, i) =>
    JSON.stringify({ dataframe_records: Array.from({ length: 5 }, (_, row) => flower(i * 80 + row)) }),
  );
  const expected = await Promise.all(bodies.map(async (body) => (await postBody(url, body, new Agent())).text));
  let isOver = false;
  const beside = (async () => {
    const seen = new Set<number>();
    while (!isOver)
      for (const path of ['/ping', '/v2/health/ready', '/metrics'])
        seen.add((await fetch(`${server.url}${path}`)).status);
    return [...seen];
  })();
  const { replies, early } = await overrun(url, bodies, { total: 5120, connections: 1280 });
  isOver = true;
  assert.deepEqual(await beside, [200]);
  assertReplies(replies, expected, false);
  const refused = early + replies.filter(({ status }) => status === 503).length;
  assert.equal(await metricsOf(server.url, /^mlctl_refusals_total\{model="",kind="busy"\} (\d+)$/m), refused);
  assert.equal(
    await metricsOf(server.url, /^mlctl_requests_total\{route="\/invocations",method="POST",status="503"\} (\d+)$/m),
    refused,
  );
  assert.equal(await metricsOf(server.url, /^mlctl_predictions_under_way (\d+)$/m), 0);
  // The next one is answered, and so is everybody once the crowd is gone.
  assert.equal((await postBody(url, bodies[0]!, new Agent())).status, 200);
});

test('bodies of many packets that are refused before they are read leave the connection in order', async () => {
  const world = await irisVersions();
  await using server = await serveProcess(world, ['models:/iris_clf@champion']);
  const url = `${server.url}/v2/models/iris_clf/infer`;
  const bodyOf = (rows: number) => {
    const one = { datatype: 'FP64', shape: [rows, 1] };
    const inputs = Object.entries(FLOWER).map(([name, value]) => ({ name, ...one, data: new Array(rows).fill(value) }));
    return JSON.stringify({ inputs });
  };
  const body = bodyOf(4000);
  const expected = [(await postBody(url, body, new Agent())).text];
  const { replies } = await overrun(url, [body], { total: 600, connections: 300, small: bodyOf(1) });
  assertReplies(replies, expected, true);
});

test('a model in processes of its own is overrun in the same way', async () => {
  const world = testWorld({ now: Date.now });
  const models = [{ name: 'm', uri: await countdownFolder(world) }];
  await using server = await startServing(world, { models, workers: 2 });
  const url = `${server.url}/invocations`;
  const bodies = [-1, -2, -3].map((x) => JSON.stringify({ dataframe_records: [{ x }] }));
  const expected = await Promise.all(bodies.map(async (body) => (await postBody(url, body, new Agent())).text));
  const { replies } = await overrun(url, bodies, { total: 2000, connections: 500 });
  assertReplies(replies, expected, false);
});

test('what is refused early is what the router calls a prediction', async () => {
  const { predictionRoute } = await import('../../src/serve/overload/prediction-route.js');
  const world = await irisVersions();
  await using server = await startServing(world);
  const addresses: Readonly<Record<string, string>> = {
    '/invocations': '/invocations',
    '/invocations?x=/y': '/invocations',
    '/invocations/iris_clf': '/invocations/:name',
    '/v2/models/iris_clf/infer': '/v2/models/:model/infer',
    '/v2/models/iris_clf/versions/1/infer?': '/v2/models/:model/versions/:version/infer',
  };
  for (const [address, route] of Object.entries(addresses)) {
    assert.equal(predictionRoute(address), route);
    assert.notEqual(server.app.findRoute({ method: 'POST', url: route }), null, route);
  }
  for (const address of ['/', '/ping', '/invocations/a/b', '/v2/models/a/infers', '/v2/models//infer', '/-/reload'])
    assert.equal(predictionRoute(address), null, address);
});
