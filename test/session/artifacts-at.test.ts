// The one way to open what a store, or the user, named: under which server, guarded by whom, and without a network where none is wanted.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { listRuns } from '../../src/operations/runs.js';
import { artifactsAt } from '../../src/session/artifacts-at.js';
import { lazyStores } from '../../src/session/stores.js';
import { httpServer, json } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const PROXIED = 'mlflow-artifacts:/1/run/artifacts';

test('files behind a server are requested from the server that keeps the runs, by flag or by setting', async (t) => {
  const server = await httpServer((_, response) => json(response, { files: [] }));
  t.after(() => server.close());
  for (const [options, env] of [
    [{ trackingUri: server.url }, { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' }],
    [{}, { MLFLOW_TRACKING_URI: server.url }],
  ] as const) {
    const world = testWorld({ env: { HOME: scratch(), ...env } });
    const tracking = await lazyStores(world, options).tracking();
    const before = server.asked.length;
    const store = await artifactsAt({ world, options, tracking }, PROXIED, {
      store: tracking,
      what: 'run',
      to: 'read',
    });
    assert.deepEqual(await store.list(''), []);
    assert.equal(server.asked.length, before + 1);
    // What no store named has no server to lie behind.
    await assert.rejects(artifactsAt({ world, options, tracking: null }, PROXIED, null), {
      code: 'ARTIFACTS_UNSUPPORTED',
    });
  }
});

test('the user may name a local folder, a server may not', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'secret'), 'x');
  const options = { trackingUri: 'http://mlflow.example' };
  for (const to of ['read', 'write'] as const) {
    const world = testWorld({ env: { HOME: scratch() } });
    const tracking = await lazyStores(world, options).tracking();
    const named = { store: tracking, what: 'run', to };
    await assert.rejects(artifactsAt({ world, options, tracking }, folder, named), { code: 'PATH_REFUSED' });
    const own = await artifactsAt({ world, options, tracking }, folder, null);
    assert.deepEqual(
      (await own.list('')).map(({ path }) => path),
      ['secret'],
    );
    const trusting = { ...world, env: { ...world.env, MLCTL_ALLOW_LOCAL_SOURCE: 'yes' } };
    await artifactsAt({ world: trusting, options, tracking }, folder, named);
  }
});

test('`offline` of a library caller works like MLCTL_OFFLINE: no server and no bucket is contacted', async (t) => {
  const server = await httpServer((_, response) => json(response, {}));
  t.after(() => server.close());
  const home = scratch();
  mkdirSync(join(home, '.aws'));
  const world = testWorld({ env: { HOME: home, MLFLOW_S3_ENDPOINT_URL: server.url } });
  const options = { trackingUri: server.url, offline: true };
  await assert.rejects(listRuns(world, options), { code: 'OFFLINE' });
  await assert.rejects(artifactsAt({ world, options, tracking: null }, 's3://bucket', null), { code: 'OFFLINE' });
  assert.deepEqual(server.asked, []);
});
