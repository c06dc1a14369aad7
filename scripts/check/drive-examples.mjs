// Calls every program of examples/ as its users do. It runs in the empty project into which the package was installed, beside a store
// that has models:/iris_clf@champion.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { load } from 'mlctl';
import { server as express } from './examples/express.mjs';
import { app as fastify } from './examples/fastify.mjs';
import { handler } from './examples/lambda.mjs';
import { app as nest } from './examples/nest.js';
import { server as http } from './examples/node-http.mjs';

const FLOWER = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };
const BAD = { ...FLOWER, 'petal width (cm)': 'narrow' };
const model = await load('models:/iris_clf@champion');
const expected = await model.predict([FLOWER, FLOWER]);
assert.equal(expected[0].label, 0);
await model.close();

/** What a client of the service sees: an answer, a refusal that names the finding, and a body that is not JSON. */
async function drive(name, server, path, created = 200) {
  if (!server.listening) await once(server, 'listening');
  const headers = { 'content-type': 'application/json' };
  const post = (body) => fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: 'POST', headers, body });
  const good = await post(JSON.stringify([FLOWER, FLOWER]));
  assert.deepEqual([good.status, await good.json()], [created, expected], name);
  const bad = await post(JSON.stringify([BAD]));
  assert.equal(bad.status, 400, name);
  assert.match(await bad.text(), /SCHEMA_WRONG_TYPE/, name);
  assert.equal((await post('{')).status, 400, name);
}

await drive('node:http', http, '/');
await drive('Express', express, '/predict');
await drive('Fastify', fastify.server, '/predict');
await drive('NestJS', nest.getHttpServer(), '/predict', 201);
for (const server of [http, express]) {
  server.closeAllConnections();
  server.close();
}
await Promise.all([fastify.close(), nest.close()]);

assert.deepEqual(JSON.parse((await handler({ body: JSON.stringify([FLOWER, FLOWER]) })).body), expected);
assert.equal((await handler({ body: JSON.stringify([BAD]) })).statusCode, 400);
