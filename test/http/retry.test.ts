// What is tried again, how often, and what never is.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { waitBefore } from '../../src/http/retry.js';
import { httpServer } from '../support/http-server.js';
import { client } from './client.js';

const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  return true;
};

/** Answers with each status in turn, then with 200. */
const inTurn = (statuses: readonly number[], headers: Record<string, string> = {}) => {
  let at = 0;
  return httpServer((_, response) => {
    const status = statuses[at++] ?? 200;
    response.writeHead(status, headers).end(`answer ${at}`);
  });
};

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`${status} is temporary: a GET is repeated, a POST only if the server has not acted`, async (t) => {
    const server = await inTurn([status, status]);
    t.after(() => server.close());
    const http = await client(server.url);
    assert.equal((await http.get('/')).status, 200);
    assert.equal(server.asked.length, 3);
    const other = await inTurn([status]);
    t.after(() => other.close());
    const answer = await (await client(other.url)).post('/', 'x');
    const notDone = status === 408 || status === 429;
    assert.deepEqual([answer.status, other.asked.length], notDone ? [200, 2] : [status, 1]);
  });
}

for (const status of [400, 401, 403, 404, 409, 501]) {
  test(`${status} is not retried`, async (t) => {
    const server = await inTurn([status]);
    t.after(() => server.close());
    assert.equal((await (await client(server.url)).get('/')).status, status);
    assert.equal(server.asked.length, 1);
  });
}

test('the tries are limited, and the last answer is returned', async (t) => {
  const server = await inTurn(Array(20).fill(503));
  t.after(() => server.close());
  assert.equal((await (await client(server.url)).get('/')).status, 503);
  assert.equal(server.asked.length, 4);
});

test('a server that always fails is not hammered by every new call', async (t) => {
  const server = await inTurn(Array(1000).fill(503));
  t.after(() => server.close());
  const http = await client(server.url);
  for (let call = 0; call < 30; call += 1) await http.get('/');
  assert.equal(server.asked.length, 30 + 40);
});

test('successful calls give tries back', async (t) => {
  const server = await inTurn(Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 503 : 200)));
  t.after(() => server.close());
  const http = await client(server.url);
  for (let call = 0; call < 200; call += 1) assert.equal((await http.get('/')).status, 200);
});

test('a body that ends early is requested again, and is an error if it always does', async (t) => {
  let cuts = 2;
  const server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('12345');
    if (cuts-- > 0) setImmediate(() => response.destroy());
    else response.end('67890');
  });
  t.after(() => server.close());
  const http = await client(server.url);
  assert.equal(Buffer.from((await http.get('/')).body).toString(), '1234567890');
  cuts = 100;
  await assert.rejects(http.get('/'), code('REMOTE_UNREACHABLE'));
});

test('an answer larger than allowed is refused at once, with or without its length stated', async (t) => {
  const server = await httpServer((_, response) => {
    for (let i = 0; i < 100; i += 1) response.write(Buffer.alloc(10_000));
    response.end();
  });
  t.after(() => server.close());
  await assert.rejects((await client(server.url)).get('/', { maxBytes: 50_000 }), code('REMOTE_LIMIT'));
  assert.equal(server.asked.length, 1);
});

test('100,000 headers are refused once', async (t) => {
  const server = await httpServer((_, response) => {
    const socket = response.socket;
    socket?.write('HTTP/1.1 200 OK\r\n');
    for (let i = 0; i < 100_000; i += 1) socket?.write(`x-${i}: 1\r\n`);
    socket?.end('\r\n');
  });
  t.after(() => server.close());
  await assert.rejects((await client(server.url)).get('/'), code('REMOTE_LIMIT'));
  assert.equal(server.asked.length, 1);
});

test('an answer is never unpacked: none was asked to be packed', async (t) => {
  const server = await httpServer((asked, response) => {
    assert.equal(asked.headers['accept-encoding'], 'identity');
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
  });
  t.after(() => server.close());
  assert.equal(Buffer.from((await (await client(server.url)).get('/')).body).toString(), 'not gzip');
});

test('a large body is sent if the server asks for it or does not say; a refusal arrives complete', async (t) => {
  const stream = {
    length: 20_000_000,
    open: async function* () {
      for (let i = 0; i < 20; i += 1) yield Buffer.alloc(1_000_000);
    },
  };
  let refuse = true;
  let received = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (refuse) {
      response.writeHead(413).end('too large');
      setTimeout(() => request.destroy(), 10);
      return;
    }
    request.on('data', (chunk) => (received += chunk.length));
    request.on('end', () => response.end('ok'));
  };
  const polite = createServer(listener);
  polite.on('checkContinue', (request, response) => {
    if (!refuse) response.writeContinue();
    listener(request, response);
  });
  // Answers nothing to the question, as servers of HTTP/1.0 do.
  const deaf = createServer(listener);
  deaf.on('checkContinue', listener);
  t.after(() => {
    polite.close();
    deaf.close();
  });
  for (const server of [polite, deaf]) {
    server.listen(0, '127.0.0.1').unref();
    await once(server, 'listening');
    const http = await client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    refuse = true;
    for (let i = 0; i < 10; i += 1) {
      const answer = await http.post('/', '', { method: 'PUT', stream, idempotent: true });
      assert.deepEqual([answer.status, Buffer.from(answer.body).toString()], [413, 'too large']);
    }
    refuse = false;
    received = 0;
    assert.equal((await http.post('/', '', { method: 'PUT', stream, idempotent: true })).status, 200);
    assert.equal(received, stream.length);
  }
});

test('a port of this machine that nothing listens on is tried twice, unless the setting asks for more', async () => {
  const idle = await client('http://127.0.0.1:9', { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '' });
  await assert.rejects(idle.get('/'), /nothing listens there.*after 2 tries/);
  assert.equal(idle.notes.length, 1);
  // A server that answered before may be starting again.
  const server = await httpServer((_, response) => void response.end('up'));
  const http = await client(server.url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '' });
  assert.equal((await http.get('/')).status, 200);
  await server.close();
  await assert.rejects(http.get('/'), /nothing listens there.*after 8 tries/);
});

test('a proxy that is not there is named, because the server may be well', async () => {
  const env = { HTTP_PROXY: 'http://user:secret@127.0.0.1:9', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
  await assert.rejects((await client('http://mlflow.example.org:5000', env)).get('/'), (error) => {
    assert.ok(error instanceof MlctlError && error.code === 'REMOTE_UNREACHABLE');
    assert.match(error.message, /the proxy http:\/\/127\.0\.0\.1:9 cannot be reached: nothing listens there/);
    assert.match(error.hint ?? '', /HTTP_PROXY.*NO_PROXY=mlflow\.example\.org/);
    assert.ok(!JSON.stringify([error.message, error.hint, error.details]).includes('secret'));
    return true;
  });
});

test('a refused port is tried until the tries end, and says so', async () => {
  await assert.rejects((await client('http://127.0.0.1:9')).get('/'), (error) => {
    assert.ok(error instanceof MlctlError && error.code === 'REMOTE_UNREACHABLE');
    assert.match(error.message, /nothing listens there.*after 4 tries/);
    return true;
  });
});

test('a silent server times out after the time of one request; the deadline ends it earlier', async (t) => {
  const server = await httpServer(() => {});
  t.after(() => server.close());
  const env = { MLFLOW_HTTP_REQUEST_TIMEOUT: '0.2', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' };
  await assert.rejects((await client(server.url, env)).get('/'), code('REMOTE_UNREACHABLE'));
  assert.equal(server.asked.length, 2);
  const controller = new AbortController();
  const http = await client(server.url, {}, controller.signal);
  const asking = assert.rejects(http.get('/'), code('DEADLINE_PASSED'));
  setTimeout(() => controller.abort(new MlctlError('DEADLINE_PASSED', 'too late')), 50);
  await asking;
});

test('a body that stalls also times out', async (t) => {
  const server = await httpServer((_, response) => void response.writeHead(200, { 'content-length': '5' }).write('1'));
  t.after(() => server.close());
  const env = { MLFLOW_HTTP_REQUEST_TIMEOUT: '0.2', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
  await assert.rejects((await client(server.url, env)).get('/'), code('REMOTE_UNREACHABLE'));
});

test('Retry-After: seconds and dates are honoured up to a cap, invalid values are not', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const settings = { backoffFactorMs: 125, backoffJitterMs: 0, respectRetryAfter: true };
  const wait = (text: string | undefined) => waitBefore(1, settings, text, now, 1);
  assert.equal(wait(undefined), 250);
  assert.equal(waitBefore(1, { ...settings, respectRetryAfter: false }, '3', now, 1), 250);
  assert.equal(wait('3'), 3000);
  assert.equal(wait('Mon, 23 Nov 2026 12:00:05 GMT'), 5000);
  assert.equal(wait('999999999'), 20_000);
  for (const text of ['-5', 'soon', '', '1e9', '99999999999999', 'Mon, 23 Nov 2020 12:00:05 GMT'])
    assert.equal(wait(text), 250, text);
  assert.equal(waitBefore(30, settings, undefined, now, 0.5), 20_000);
});

test('the waits are those of Python’s MLflow: none before the first retry, then the factor doubled, and the jitter on top', () => {
  const python = { backoffFactorMs: 2000, backoffJitterMs: 1000, respectRetryAfter: true };
  const waits = (random: number) => [0, 1, 2, 3].map((done) => waitBefore(done, python, undefined, 0, random));
  // urllib3's get_backoff_time with backoff_factor 2, backoff_jitter 1: 0, 4, 8, 16 s, and up to 1 s more.
  assert.deepEqual(waits(0), [0, 4000, 8000, 16_000]);
  assert.deepEqual(waits(0.5), [500, 4500, 8500, 16_500]);
});

test('both settings of the wait have an effect', async (t) => {
  for (const [env, least, most] of [
    [{ MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.3', MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0' }, 0.6, 0.6],
    [{ MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0', MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.4' }, 0, 0.4],
  ] as const) {
    const server = await inTurn([503, 503]);
    t.after(() => server.close());
    const http = await client(server.url, env);
    await http.get('/');
    const told = http.notes.map((note) => Number(/again in (\d+\.\d) s$/.exec(note)?.[1]));
    assert.equal(told.length, 2);
    assert.ok((told[1] ?? -1) >= least && (told[1] ?? 9) <= most, String(told));
  }
});
