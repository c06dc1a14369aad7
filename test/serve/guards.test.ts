// What a request must pass before its body is read: token, host, limits. The router itself says which routes there are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { irisVersions } from '../library/iris-versions.js';
import { rawRequest as raw } from './raw-request.js';
import { startServing } from './start-serving.js';

const TOKEN = 'correct-horse-battery-staple';
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** `├── invocations (POST)` … as find-my-way prints it, one line a route. */
function routesOf(printed: string): [method: string, path: string][] {
  const found: [string, string][] = [];
  const parents: string[] = [];
  for (const line of printed.split('\n')) {
    const [, indent = '', path, methods] = /^([\s│├└─]*)(\S.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (path === undefined) continue;
    parents.length = indent.length / 4 - 1;
    parents.push(path);
    for (const method of methods?.split(', ') ?? []) found.push([method, parents.join('')]);
  }
  return found;
}

test('every route of the router asks for the token, also those that there are not', async () => {
  const world = await irisVersions();
  await using server = await startServing(world, { token: TOKEN });
  const routes = routesOf(server.app.printRoutes({ commonPrefix: false }));
  assert.ok(routes.length >= 18, server.app.printRoutes({ commonPrefix: false }));
  for (const [method, path] of [...routes, ['GET', '/none'], ['OPTIONS', '/ping'], ['POST', '/ping']] as const) {
    const address = path.replace(':model', 'iris_clf').replace(':version', '1').replace(':name', 'iris_clf');
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: `Bearer ${TOKEN}x` },
      { authorization: `Basic ${TOKEN}` },
    ]) {
      const reply = await server.ask(address, { method, headers });
      assert.equal(reply.status, 401, `${method} ${address} ${JSON.stringify(headers)}: ${reply.text}`);
    }
  }
  assert.equal((await server.ask('/ping', bearer(TOKEN))).status, 200);
  assert.equal((await server.ask('/none', bearer(TOKEN))).status, 404);
  for (const method of ['GET', 'OPTIONS']) {
    const { headers } = await fetch(`${server.url}/ping`, {
      method,
      headers: { ...bearer(TOKEN).headers, origin: 'http://localhost', 'access-control-request-method': 'POST' },
    });
    assert.deepEqual(
      [...headers.keys()].filter((name) => name.startsWith('access-control-')),
      [],
    );
  }
});

test('the token is asked for before the body is there, and a body that is too large is refused by its length', async () => {
  const world = await irisVersions();
  await using server = await startServing(world, { token: TOKEN, maxBodyBytes: 1000 });
  const head =
    'POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n';
  assert.match(await raw(server.url, `${head}\r\n`), /^HTTP\/1\.1 401 /);
  assert.match(await raw(server.url, `${head}Authorization: Bearer ${TOKEN}\r\n\r\n`), /^HTTP\/1\.1 413 /);
});

test('a request for another host, or from a page of another site, is refused', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  const ask = async (lines: string) => (await raw(server.url, `GET /ping HTTP/1.1\r\n${lines}\r\n\r\n`)).slice(9, 12);
  assert.equal(await ask('Host: localhost:1'), '200');
  assert.equal(await ask('Host: LOCALHOST.'), '200');
  assert.equal(await ask('Host: evil.example'), '403');
  assert.equal(await ask('Host: 127.0.0.1.evil.example'), '403');
  assert.equal(await ask('Host: localhost\r\nOrigin: https://evil.example'), '403');
  assert.equal(await ask('Host: localhost\r\nOrigin: null'), '403');
  assert.equal(await ask('Host: localhost\r\nOrigin: http://localhost:3000'), '200');
  await using open = await startServing(world, { hosts: null });
  assert.match(await raw(open.url, 'GET /ping HTTP/1.1\r\nHost: any.example\r\n\r\n'), /^HTTP\/1\.1 200 /);
});
