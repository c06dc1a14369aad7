// Calls every program of examples/ as its users do. It runs in the empty project into which the package was installed, beside a store
// that has models:/iris_clf@champion.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { load } from 'mlctl';
import { predictWith } from './examples/express.mjs';
import { handler } from './examples/lambda.mjs';
import { IrisModel } from './examples/nest.js';
import { server } from './examples/node-http.mjs';

const FLOWER = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };
const BAD = { ...FLOWER, 'petal width (cm)': 'narrow' };
const model = await load('models:/iris_clf@champion');
const [expected] = await model.predict([FLOWER]);
assert.equal(expected.label, 0);

if (!server.listening) await once(server, 'listening');
const post = (body) => fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', body });
const good = await post(JSON.stringify([FLOWER]));
assert.deepEqual([good.status, await good.json()], [200, [expected]]);
const bad = await post(JSON.stringify([BAD]));
assert.deepEqual([bad.status, (await bad.json())[0].code], [400, 'SCHEMA_WRONG_TYPE']);
assert.equal((await post('{')).status, 400);
server.closeAllConnections();
server.close();

const told = [];
const response = {
  json: (body) => told.push(body),
  status: (code) => {
    told.push(code);
    return response;
  },
};
const handle = predictWith(model);
const next = (error) => told.push(error);
for (const body of [[FLOWER], [BAD]]) await handle({ body }, response, next);
assert.deepEqual([told[0], told[1], told[2][0].code], [[expected], 400, 'SCHEMA_WRONG_TYPE']);
await model.close();
await handle({ body: [FLOWER] }, response, next);
assert.equal(told[3].code, 'USAGE');

assert.deepEqual(JSON.parse((await handler({ body: JSON.stringify([FLOWER]) })).body), [expected]);
assert.equal((await handler({ body: JSON.stringify([BAD]) })).statusCode, 400);

const nest = new IrisModel();
await nest.onModuleInit();
assert.deepEqual(await nest.predict([FLOWER, FLOWER]), [0, 0]);
await nest.onModuleDestroy();
