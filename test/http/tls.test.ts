// Certificates and proxies, with real servers of a self-made authority.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { proxyFor } from '../../src/http/proxy.js';
import { openServer } from '../../src/mlflow-server/open-server.js';
import { makeAuthority } from '../support/certificates.js';
import { httpServer } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';
import { client } from './client.js';

const PASSWORD = 'c4nary-pr0xy';
const says = (wanted: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  assert.match(`${error.message} ${error.hint}`, words);
  assert.ok(!`${error.message} ${error.hint} ${JSON.stringify(error.details)}`.includes(PASSWORD));
  return true;
};

const openssl = spawnSync('openssl', ['version']).status === 0;

describe('certificates', { skip: openssl ? false : 'openssl is not here' }, () => {
  const folder = scratch();
  const authority = openssl ? makeAuthority(folder) : undefined!;
  const good = openssl ? authority.issue('good') : undefined!;
  const trusted = { MLFLOW_TRACKING_SERVER_CERT_PATH: join(folder, 'ca.pem') };
  const ok = (_: unknown, response: { end(text: string): void }) => response.end('ok');

  test('an unknown authority is refused at once, a configured one is trusted, and skipping the check gives a warning', async (t) => {
    const server = await httpServer(ok, good);
    t.after(() => server.close());
    await assert.rejects(
      (await client(server.url)).get('/'),
      says('REMOTE_UNREACHABLE', /authority that is not known.*MLFLOW_TRACKING_SERVER_CERT_PATH/),
    );
    assert.equal((await (await client(server.url, trusted)).get('/')).status, 200);
    const careless = await client(server.url, { MLFLOW_TRACKING_INSECURE_TLS: 'true' });
    assert.equal((await careless.get('/')).status, 200);
    assert.match(careless.notes.join(), /warning: .*certificate .* is not checked/);
    assert.equal(server.asked.length, 2);
  });

  test('a storage that a server names is trusted by the settings of S3 and of the server; the hint names what works', async (t) => {
    const storage = await httpServer(ok, good);
    t.after(() => storage.close());
    const ask = async (env: Record<string, string>) => {
      const world = testWorld({ env: { HOME: scratch(), MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', ...env } });
      const { foreign } = await openServer(world, 'http://127.0.0.1:9');
      return foreign.send({ method: 'GET', url: new URL(storage.url), idempotent: true });
    };
    await assert.rejects(
      ask({}),
      says('REMOTE_UNREACHABLE', /AWS_CA_BUNDLE or MLFLOW_TRACKING_SERVER_CERT_PATH; MLFLOW_S3_IGNORE_TLS=true/),
    );
    const ca = join(folder, 'ca.pem');
    for (const env of [
      { AWS_CA_BUNDLE: ca },
      { MLFLOW_TRACKING_SERVER_CERT_PATH: ca },
      { MLFLOW_S3_IGNORE_TLS: 'true' },
      { MLFLOW_TRACKING_INSECURE_TLS: 'true' },
    ])
      assert.equal((await ask(env)).status, 200, JSON.stringify(env));
  });

  test('a certificate for another host or out of its time is refused', async (t) => {
    const other = await httpServer(ok, authority.issue('other', { host: 'mlflow.example' }));
    const old = await httpServer(ok, authority.issue('old', { expired: true }));
    t.after(() => {
      other.close();
      old.close();
    });
    await assert.rejects((await client(other.url, trusted)).get('/'), says('REMOTE_UNREACHABLE', /another host name/));
    await assert.rejects((await client(old.url, trusted)).get('/'), says('REMOTE_UNREACHABLE', /expired/));
    assert.deepEqual([other.asked, old.asked], [[], []]);
  });

  test('a server that wants a client certificate gets the one named', async (t) => {
    const server = await httpServer(ok, { ...good, ca: authority.ca, requestCert: true, rejectUnauthorized: true });
    t.after(() => server.close());
    const own = authority.issue('own');
    const file = join(folder, 'own-both.pem');
    writeFileSync(file, `${own.cert}${own.key}`);
    const settings = { ...trusted, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
    await assert.rejects((await client(server.url, settings)).get('/'), { code: 'REMOTE_UNREACHABLE' });
    const signed = await client(server.url, { ...settings, MLFLOW_TRACKING_CLIENT_CERT_PATH: file });
    assert.equal((await signed.get('/')).status, 200);
  });

  test('https to a server with plain http gives a clear error', async (t) => {
    const server = await httpServer(ok);
    t.after(() => server.close());
    await assert.rejects(
      (await client(server.url.replace('http:', 'https:'))).get('/'),
      says('REMOTE_UNREACHABLE', /does not speak TLS.*http:\/\//),
    );
  });

  test('https goes through a proxy by CONNECT, plain http in full; the proxy wants its sign-in', async (t) => {
    const secure = await httpServer((asked, response) => response.end(JSON.stringify(asked.headers)), good);
    const plain = await httpServer((asked, response) => response.end(JSON.stringify(asked.headers)));
    const seen: string[] = [];
    const sockets = new Set<Socket>();
    const wanted = `Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`;
    const proxy = createServer(async (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      if (request.headers['proxy-authorization'] !== wanted) return void response.writeHead(407).end();
      const { 'proxy-authorization': _, ...headers } = request.headers;
      const answer = await fetch(request.url ?? '', { headers: headers as Record<string, string> });
      response.writeHead(answer.status).end(await answer.text());
    });
    proxy.on('connect', (request, near: Socket) => {
      seen.push(`CONNECT ${request.url}`);
      if (request.headers['proxy-authorization'] !== wanted) return void near.end('HTTP/1.1 407 No\r\n\r\n');
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const far = connect(Number(port), host, () => {
        near.write('HTTP/1.1 200 Yes\r\n\r\n');
        near.pipe(far).pipe(near);
      });
      for (const socket of [near, far]) socket.on('error', () => {});
    });
    proxy.on('connection', (socket) => sockets.add(socket));
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, secure, plain]) server.close();
    });
    const at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const through = { ...trusted, HTTPS_PROXY: `http://me:${PASSWORD}@${at}`, HTTP_PROXY: `me:${PASSWORD}@${at}` };
    for (const server of [secure, plain]) {
      const http = await client(server.url, { ...through, MLFLOW_TRACKING_TOKEN: 't' });
      const headers = JSON.parse(Buffer.from((await http.get('/a?b=c')).body).toString());
      assert.equal(headers.authorization, 'Bearer t');
      assert.equal(headers['proxy-authorization'], undefined);
      assert.equal(headers.host, new URL(server.url).host);
    }
    assert.deepEqual(seen, [`CONNECT ${new URL(secure.url).host}`, `GET ${plain.url}/a?b=c`]);
    const stranger = { ...trusted, HTTPS_PROXY: `http://you:${PASSWORD}x@${at}` };
    await assert.rejects((await client(secure.url, stranger)).get('/'), says('REMOTE_UNREACHABLE', /407.*HTTPS_PROXY/));
    seen.length = 0;
    for (const none of ['127.0.0.1', '127.0.0.0/8', '*', `x.y, 127.0.0.1:${secure.port}`])
      assert.equal((await (await client(secure.url, { ...through, NO_PROXY: none })).get('/')).status, 200);
    assert.deepEqual(seen, []);
  });
});

test('NO_PROXY as curl and Python read it', () => {
  const env = (no_proxy: string) => ({ http_proxy: 'http://p:1', HTTPS_PROXY: 'p:2', no_proxy });
  for (const [url, none, direct] of [
    ['http://a.example/', '', false],
    ['http://a.example/', 'example', true],
    ['http://a.example/', '.example', true],
    ['http://a.example/', '*.example', true],
    ['http://aexample/', 'example', false],
    ['http://a.example:81/', 'a.example:80', false],
    ['http://a.example/', 'a.example:80', true],
    ['https://a.example/', 'a.example:443', true],
    ['http://[::1]:5/', '::1', true],
    ['http://[::1]:5/', '[::1]:5', true],
    ['http://[fd00::7]/', 'fd00::/8', true],
    ['http://10.1.2.3/', '10.0.0.0/8', true],
    ['http://11.1.2.3/', '10.0.0.0/8', false],
    ['http://a.example/', '10.0.0.0/99', false],
    ['http://a.example/', ' b , a.example ', true],
  ] as const)
    assert.equal(proxyFor(new URL(url), env(none)) === null, direct, `${url} ${none}`);
  assert.equal(proxyFor(new URL('https://x/'), env(''))?.href, 'http://p:2/');
  assert.equal(proxyFor(new URL('http://x/'), { ALL_PROXY: 'http://all:3' })?.href, 'http://all:3/');
  assert.equal(proxyFor(new URL('http://x/'), {}), null);
});
