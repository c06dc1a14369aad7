// The headers of a hostile server are read in a time that grows with them, up to a limit; beyond it the answer is refused.
import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { MOST_HEADER_BYTES } from '../../src/http/bound-answers.js';
import { waitBefore } from '../../src/http/retry.js';
import { cliEnded } from '../support/cli.js';
import { assertGrowsWithInput } from '../support/growth.js';
import { client } from './client.js';

/** The headers of an answer, of size n; `status` other than 200 is what brings mlctl to read them. */
const HEADERS: readonly [what: string, status: number, (n: number) => string][] = [
  ['many headers', 200, (n) => Array.from({ length: n }, (_, i) => `x-${i}: y\r\n`).join('')],
  ['one name, many times', 200, (n) => 'x: y\r\n'.repeat(n)],
  ['a name that goes on', 200, (n) => `${'x'.repeat(n)}: y\r\n`],
  ['a value that goes on', 200, (n) => `x: ${'y'.repeat(n)}\r\n`],
  ['blanks before a value', 200, (n) => `x:${' '.repeat(n)}y\r\n`],
  ['lines of one value', 200, (n) => `x: y\r\n${' z\r\n'.repeat(n)}`],
  ['names that are not data', 200, (n) => '__proto__: x\r\nconstructor: y\r\n'.repeat(n)],
  ['cookies', 200, (n) => 'set-cookie: a=b; path=/\r\n'.repeat(n)],
  ['a cookie that goes on', 200, (n) => `set-cookie: a=b${'; c=d'.repeat(n)}\r\n`],
  ['links', 200, (n) => `link: ${'</x>; rel="next", '.repeat(n)}\r\n`],
  ['parameters of a type', 200, (n) => `content-type: application/json${'; a="b"'.repeat(n)}\r\n`],
  ['types', 404, (n) => 'content-type: application/json\r\n'.repeat(n)],
  ['Retry-After of many digits', 503, (n) => `retry-after: ${'1'.repeat(n)}\r\n`],
  ['Retry-After, many times', 503, (n) => 'retry-after: 0\r\n'.repeat(n)],
  ['a date that goes on', 503, (n) => `retry-after: Mon, 30 Nov 2026 ${'0'.repeat(n)}:00:00 GMT\r\n`],
  ['a long address to go to', 302, (n) => `location: /${'a/../'.repeat(n)}\r\n`],
  ['users in the address to go to', 302, (n) => `location: http://${'a:b@'.repeat(n)}127.0.0.1/\r\n`],
  ['query of the address to go to', 302, (n) => `location: /?${'token=x&'.repeat(n)}\r\n`],
];

async function serving(t: TestContext, reply: () => string): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    socket.on('data', () => socket.write(reply()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A connection that stays open would keep this process.
  t.after(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer = (status: number, headers: string) => `HTTP/1.1 ${status} x\r\ncontent-length: 2\r\n${headers}\r\n{}`;

for (const [what, status, make] of HEADERS)
  test(`headers: ${what}`, async (t) => {
    let reply = '';
    const url = await serving(t, () => reply);
    const { get } = await client(url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
    const unit = make(2).length - make(1).length;
    // Up to the limit, which is where an answer costs most, in tries that follow each other.
    await assertGrowsWithInput(what, Math.ceil(1000 / unit), (n) => {
      reply = answer(status, make(n));
      return async () => {
        for (let i = 0; i < 20; i++) await get('/x').catch(() => {});
      };
    });
  });

for (const [what, make] of [
  ['digits', (n: number) => '1'.repeat(n)],
  ['a date', (n: number) => `Mon, 30 Nov 2026 ${'0'.repeat(n)}:00:00 GMT`],
  ['brackets', (n: number) => `Mon, 30 Nov 2026 ${'('.repeat(n)}`],
  ['blanks', (n: number) => `${' '.repeat(n)}x${' '.repeat(n)}`],
] as const)
  test(`Retry-After: ${what}`, async () => {
    const settings = { backoffFactorMs: 1, backoffJitterMs: 1, respectRetryAfter: true };
    await assertGrowsWithInput(what, 1000, (n) => {
      const text = make(n);
      return () => void waitBefore(1, settings, text, 0, 0);
    });
  });

test('more headers than any server needs are refused, and the error says how many those are', async (t) => {
  const many = 'x: y\r\n'.repeat(MOST_HEADER_BYTES);
  const url = await serving(t, () => `HTTP/1.1 200 OK\r\n${many}\r\n{}`);
  const { get, notes } = await client(url);
  await assert.rejects(get('/x'), {
    code: 'REMOTE_LIMIT',
    message: /its answer has more than 16384 bytes of headers$/,
    hint: /proxy/,
  });
  assert.deepEqual(notes, [], 'not asked again');
  // Whatever node itself would accept.
  const env = { MLFLOW_TRACKING_URI: url, NODE_OPTIONS: '--max-http-header-size=1000000' };
  const { code, stdout } = await cliEnded(['runs', '--json'], { env });
  assert.equal(code, 6, stdout);
  assert.equal(JSON.parse(stdout).error.code, 'REMOTE_LIMIT');
  // Headers that come after the body, and those of a proxy and of S3.
  const trailers = await serving(t, () => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n${many}\r\n`);
  // Node tells of these only that the answer was cut.
  await assert.rejects((await client(trailers)).get('/x'), { code: 'REMOTE_UNREACHABLE', message: /cut/ });
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
  for (const [args, more] of [
    [['runs'], { MLFLOW_TRACKING_URI: 'https://mlflow.example', HTTPS_PROXY: url }],
    [['load', 's3://bucket/model'], { ...keys, MLFLOW_S3_ENDPOINT_URL: url }],
  ] as const) {
    const given = { ...more, NODE_OPTIONS: '--max-http-header-size=1000000' };
    const { code, stdout } = await cliEnded([...args, '--json'], { env: given });
    assert.equal(code, 6, `${args} ${stdout}`);
    assert.match(JSON.parse(stdout).error.message, /headers|[Hh]eader overflow/);
  }
});

test('answers that only announce others do not go on without end', async (t) => {
  const early = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
  const url = await serving(t, () => early.repeat(100_000));
  const env = { MLFLOW_TRACKING_URI: url };
  const { code, stdout } = await cliEnded(['runs', '--json', '--timeout', '20'], { env });
  assert.equal(code, 6, stdout);
  assert.match(JSON.parse(stdout).error.message, /announced/);
});
