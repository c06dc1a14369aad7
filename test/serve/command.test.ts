// `mlctl serve` as a process: what it says, what it refuses to start with, and how it ends.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as askHttps } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { makeAuthority } from '../support/certificates.js';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

const BODY = JSON.stringify({ dataframe_records: [{ ...FLOWER, 'petal width (cm)': 0.123456789 }] });

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

async function serve(cwd: string, args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', ...args], { cwd, env: cleanEnvironment() });
  const said = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
      const found = /(https?:\/\/[^\s"]+)/.exec(said.stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${said.stderr}`)));
  });
  return { child, url, stdout: () => said.stdout, stderr: () => said.stderr, ended };
}

const post = (url: string, path = '/invocations') =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: BODY });

test('SIGTERM: ready turns 503, what is under way is answered, and the exit code is 0', async () => {
  const { cwd } = await irisVersions();
  const { child, url, stdout, stderr, ended } = await serve(cwd, ['models:/iris_clf@champion', '--access-log']);
  assert.match(stdout(), /^serving iris_clf version 1 at http:\/\/127\.0\.0\.1:\d+\n/);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const head = `POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
  socket.write(head + BODY.slice(0, 20));
  assert.equal((await fetch(`${url}/ping`)).status, 200);
  child.kill('SIGTERM');
  while ((await fetch(`${url}/v2/health/ready`)).status !== 503);
  socket.write(BODY.slice(20));
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 200 OK[\s\S]*"predictions": \[\{"label": 0/);
  assert.equal(await ended, 0, stderr());
  assert.equal(stderr(), '');
  const lines = stdout()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
  const scored = lines.find(({ path }) => path === '/invocations');
  assert.deepEqual(
    { ...scored, time: '', ms: 0 },
    {
      level: 30,
      time: '',
      method: 'POST',
      path: '/invocations',
      status: 200,
      ms: 0,
      client: '127.0.0.1',
      model: 'iris_clf',
      version: 1,
      rows: 1,
      refused: null,
    },
  );
  assert.doesNotMatch(stdout(), /0\.123456789|petal/);
});

test('several models, each under its own name; --json says where at once', async () => {
  const { cwd } = await irisVersions();
  const { child, url, stdout, ended } = await serve(cwd, [
    'old=models:/iris_clf/1',
    'new one=models:/iris_clf/2',
    '--json',
  ]);
  const said = JSON.parse(stdout());
  assert.deepEqual([said.schema, said.ok, said.url], ['mlctl.serve/1', true, url]);
  assert.deepEqual(
    said.models.map(({ name, version }: { name: string; version: number }) => [name, version]),
    [
      ['old', 1],
      ['new one', 2],
    ],
  );
  const [first, second, none, unnamed] = await Promise.all(
    ['/invocations/old', '/invocations/new%20one', '/invocations/other', '/invocations'].map((path) => post(url, path)),
  );
  assert.deepEqual([first!.status, second!.status, none!.status, unnamed!.status], [200, 200, 404, 404]);
  assert.notEqual(await first!.text(), await second!.text());
  assert.match(await unnamed!.text(), /post to one of \/invocations\/old, \/invocations\/new%20one/);
  child.kill('SIGINT');
  assert.equal(await ended, 0);
});

test('--check asks every model over HTTP, and its exit code is the verdict', async () => {
  const { cwd } = await irisVersions();
  const done = runCli(['serve', 'models:/iris_clf/1', '--check', '--json'], { cwd });
  assert.equal(done.code, 0, done.stderr);
  const { checks } = JSON.parse(done.stdout);
  assert.deepEqual(
    checks.map(({ name, status }: { name: string; status: string }) => [name, status]),
    [
      ['ready', 'pass'],
      ['iris_clf', 'pass'],
    ],
  );
  assert.equal(runCli(['serve', 'models:/iris_clf/9', '--check'], { cwd }).code, 3);
});

test('it does not start without a token where others can reach it, or with what cannot be meant', () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'short'), 'secret\n');
  for (const [args, code, message] of [
    [['--host', '0.0.0.0'], 2, /can be reached from other machines, but no token is set/],
    [['--host', '0.0.0.0', '--token-file', 'none'], 3, /cannot read "none", which --token-file names \(ENOENT\)/],
    [['--host', '0.0.0.0', '--token-file', 'short'], 2, /token is too short/],
    [['--tls-cert', 'short'], 2, /--tls-key is missing/],
    [['--max-body', '16 miles'], 2, /needs a size of up to 2g/],
    [['--port', '70000'], 2, /whole number from 0 to 65535/],
    [['--error-detail', 'some'], 2, /one of full, names, none/],
  ] as const) {
    const done = runCli(['serve', ...args], { cwd });
    assert.equal(done.code, code, done.stderr);
    assert.match(done.stderr, message);
    assert.doesNotMatch(done.stderr, /secret/);
  }
});

test('HTTPS with a certificate from files, and a token from a file', async () => {
  const { cwd } = await irisVersions();
  const authority = makeAuthority(cwd);
  const { cert, key } = authority.issue('localhost');
  const token = '0123456789abcdef0123456789abcdef';
  for (const [name, text] of Object.entries({ cert, key, token })) writeFileSync(join(cwd, name), text);
  const files = ['--tls-cert', 'cert', '--tls-key', 'key', '--token-file', 'token', '--access-log', 'log.ndjson'];
  const { child, url, ended } = await serve(cwd, ['models:/iris_clf/1', ...files]);
  assert.match(url, /^https:/);
  const ask = (authorization: string) =>
    new Promise<number>((resolve, reject) => {
      const options = { ca: authority.ca, servername: 'localhost', headers: { host: 'localhost', authorization } };
      askHttps(`${url}/ping`, options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  assert.equal(await ask(`Bearer ${token}`), 200);
  assert.equal(await ask('Bearer other'), 401);
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  const log = readFileSync(join(cwd, 'log.ndjson'), 'utf8');
  assert.deepEqual(
    log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status),
    [200, 401],
  );
  assert.doesNotMatch(log, new RegExp(token));
});
