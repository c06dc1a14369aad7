// Who signs in how, and that no secret goes anywhere else: redirects, presigned addresses, error messages.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { openServer } from '../../src/mlflow-server/open-server.js';
import { httpServer } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';
import { client } from './client.js';

const SECRET = 'c4nary-s3cret';
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const echo = () =>
  httpServer((asked, response) => {
    response.end(JSON.stringify(asked.headers));
  });

test('username and password win over a token; the environment over the file, key by key; the address comes last', async (t) => {
  const server = await echo();
  t.after(() => server.close());
  const home = scratch();
  mkdirSync(join(home, '.mlflow'));
  const file = join(home, '.mlflow', 'credentials');
  const sent = async (env: Record<string, string>, credentials = '', user = '') => {
    writeFileSync(file, credentials);
    const http = await client(server.url.replace('//', `//${user}`), { HOME: home, ...env });
    await http.get('/');
    return server.asked.at(-1)?.headers.authorization;
  };
  const stored =
    '[other]\nmlflow_tracking_username = no\n[mlflow]\n# x\nmlflow_tracking_username = fred\nmlflow_tracking_password = a=b c\n';
  assert.equal(await sent({}), undefined);
  assert.equal(await sent({ MLFLOW_TRACKING_TOKEN: 't' }), 'Bearer t');
  assert.equal(await sent({ MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_TOKEN: 't' }), 'Bearer t');
  const both = { MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: 'pü' };
  assert.equal(await sent({ ...both, MLFLOW_TRACKING_TOKEN: 't' }), basic('u', 'pü'));
  assert.equal(await sent({}, stored), basic('fred', 'a=b c'));
  assert.equal(await sent({ MLFLOW_TRACKING_USERNAME: 'u' }, stored), basic('u', 'a=b c'));
  assert.equal(await sent({}, '', 'ann:p%40ss%25@'), basic('ann', 'p@ss%'));
  assert.equal(await sent({}, '', 'ann:100%@'), basic('ann', '100%'));
  assert.equal(await sent({}, stored, 'ann:x@'), basic('fred', 'a=b c'));
});

test('invalid settings are refused without showing their values', async () => {
  for (const env of [
    { MLFLOW_TRACKING_TOKEN: `${SECRET}\r\nx: y` },
    { MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: `${SECRET}\n` },
    { MLFLOW_TRACKING_INSECURE_TLS: 'maybe' },
    { MLFLOW_TRACKING_INSECURE_TLS: 'true', MLFLOW_TRACKING_SERVER_CERT_PATH: '/x' },
    { MLFLOW_TRACKING_SERVER_CERT_PATH: '/nowhere/ca.pem' },
    { MLFLOW_HTTP_REQUEST_TIMEOUT: 'soon' },
    { MLFLOW_TRACKING_AUTH: 'plug-in' },
    { MLFLOW_TRACKING_AWS_SIGV4: 'true' },
    { HTTP_PROXY: `socks5://u:${SECRET}@h:1` },
    { http_proxy: `http://u:${SECRET}@[bad` },
  ]) {
    await assert.rejects(
      client('http://127.0.0.1:9', { ...env, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' }).then((http) => http.get('/')),
      (error) => {
        assert.ok(error instanceof MlctlError, String(error));
        assert.equal(error.code, 'CONFIG_INVALID', JSON.stringify(env));
        assert.ok(!`${error.message} ${error.hint} ${JSON.stringify(error.details)}`.includes(SECRET));
        return true;
      },
    );
  }
});

test('a password over plain http to another machine gives a warning, to this one it does not', async () => {
  const env = { HOME: scratch(), MLFLOW_TRACKING_TOKEN: 't' };
  for (const [url, warned] of [
    ['http://mlflow.example:5000', 1],
    ['http://127.0.0.1:5000', 0],
    ['http://localhost:5000', 0],
    ['https://mlflow.example', 0],
  ] as const) {
    const world = testWorld({ env });
    await openServer(world, url);
    await openServer(world, url);
    assert.equal(world.notes.length, warned, url);
  }
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`a ${status} to another server is not followed, by whatever way`, async (t) => {
    const thief = await echo();
    const server = await httpServer((asked, response) => {
      const target =
        asked.url === '/direct'
          ? `${thief.url}/stolen`
          : asked.url === '/hop'
            ? '/direct'
            : asked.url === '/name'
              ? thief.url.replace('127.0.0.1', 'localhost')
              : asked.url === '/user'
                ? thief.url.replace('//', '//u:p@')
                : asked.url === '/file'
                  ? 'file:///etc/passwd'
                  : asked.url === '/data'
                    ? 'data:text/plain,x'
                    : asked.url === '/slashes'
                      ? `//127.0.0.1:${thief.port}/x`
                      : '/round';
      response.writeHead(status, { location: target }).end();
    });
    t.after(() => {
      thief.close();
      server.close();
    });
    const http = await client(server.url, {
      MLFLOW_TRACKING_USERNAME: 'u',
      MLFLOW_TRACKING_PASSWORD: SECRET,
      MLFLOW_WORKSPACE: 'w',
    });
    const refused = (error: unknown) => {
      assert.ok(error instanceof MlctlError && error.code === 'REMOTE_REFUSED', String(error));
      assert.ok(!error.message.includes(SECRET));
      return true;
    };
    for (const path of ['/direct', '/hop', '/name', '/user', '/file', '/data', '/slashes', '/round'])
      await assert.rejects(http.get(path), refused, path);
    for (const path of ['/direct', '/round']) await assert.rejects(http.post(path, SECRET), refused, path);
    assert.deepEqual(thief.asked, []);
  });
}

test('a redirect within the server is followed with the sign-in, and not where redirects are switched off', async (t) => {
  const server = await httpServer((asked, response) => {
    if (asked.url === '/old') response.writeHead(308, { location: '/new' }).end();
    else response.end(asked.headers.authorization);
  });
  t.after(() => server.close());
  const env = { MLFLOW_TRACKING_TOKEN: 't' };
  assert.equal(Buffer.from((await (await client(server.url, env)).get('/old')).body).toString(), 'Bearer t');
  await assert.rejects((await client(server.url, { ...env, MLFLOW_ALLOW_HTTP_REDIRECTS: 'false' })).get('/old'), {
    code: 'REMOTE_REFUSED',
  });
});

for (const status of [307, 308])
  test(`a ${status} to the same server repeats the request as it was; others send no body again`, async (t) => {
    const seen: string[] = [];
    const server = await httpServer(({ method, url, body, headers }, response) => {
      seen.push(`${method} ${url} ${body} ${headers['content-type']}`);
      const [, to] = /^\/to\/(.*)$/.exec(url) ?? [];
      if (to === undefined) response.end('done');
      else response.writeHead(to === 'new' ? status : Number(to), { location: '/new' }).end();
    });
    t.after(() => server.close());
    const http = await client(server.url);
    const headers = { 'content-type': 'application/json' };
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) {
      seen.length = 0;
      const answer = await http.post('/to/new', '{"a": 1}', { method, headers });
      assert.equal(Buffer.from(answer.body).toString(), 'done');
      assert.deepEqual(seen, [
        `${method} /to/new {"a": 1} application/json`,
        `${method} /new {"a": 1} application/json`,
      ]);
    }
    for (const other of [301, 302, 303]) {
      seen.length = 0;
      await assert.rejects(http.post(`/to/${other}`, 'x'), { code: 'REMOTE_REFUSED' });
      assert.equal(seen.length, 1);
    }
    const streamed = 'y'.repeat(2_000_000);
    seen.length = 0;
    const open = async function* () {
      yield Buffer.from(streamed);
    };
    const answer = await http.get('/to/new', { method: 'PUT', stream: { length: streamed.length, open } });
    assert.equal(answer.status, 200);
    assert.deepEqual(seen.at(-1), `PUT /new ${streamed} undefined`);
  });

test('places the server points at get no sign-in', async (t) => {
  const server = await echo();
  t.after(() => server.close());
  const env = { HOME: scratch(), MLFLOW_TRACKING_TOKEN: SECRET, MLFLOW_WORKSPACE: 'w' };
  const { foreign } = await openServer(testWorld({ env }), server.url);
  await foreign.send({ method: 'GET', url: new URL(`${server.url}/x`), idempotent: true });
  const headers = server.asked[0]?.headers ?? {};
  assert.ok(!JSON.stringify(headers).includes(SECRET));
  assert.equal(headers['x-mlflow-workspace'], undefined);
});
