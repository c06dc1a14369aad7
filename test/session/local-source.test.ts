import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { loadModel } from '../../src/operations/load.js';
import { refuseForeignTarget, refuseLocalSource, refuseLocalTarget } from '../../src/session/local-source.js';
import type { Store } from '../../src/tracking/store.js';
import { httpServer, json } from '../support/http-server.js';
import { testWorld } from '../support/worlds.js';

const server = { isRemote: true, uri: 'http://h:5000' } as unknown as Store;
const embedded = { isRemote: false, uri: 'sqlite:///x' } as unknown as Store;
const ID = '0123456789abcdef'.repeat(2);

test('P3 a server cannot name local folders, except artifact folders', {
  skip: process.platform === 'win32' && 'POSIX paths',
}, () => {
  const world = testWorld();
  const bad = [
    '/etc',
    'file:///etc',
    '/home/u/.ssh',
    '../..',
    './x',
    '/',
    `/etc/${ID}/artifacts/../../passwd`,
    `/srv/${ID}/artifactsx`,
    'file:///proc/self',
    `/x/m-${ID}`,
  ];
  for (const location of bad) {
    assert.throws(
      () => refuseLocalSource(world, server, location, 'models:/m/1'),
      (error) => error instanceof MlctlError && error.code === 'PATH_REFUSED',
      location,
    );
    assert.equal(refuseLocalSource(world, embedded, location, 'x'), location);
    assert.equal(
      refuseLocalSource(testWorld({ env: { MLCTL_ALLOW_LOCAL_SOURCE: 'true' } }), server, location, 'x'),
      location,
    );
  }
  for (const location of [
    `/srv/art/1/${ID}/artifacts`,
    `/srv/1/models/m-${ID}/artifacts`,
    `file:///srv/1/${ID}/artifacts/model`,
    's3://b/k',
    'mlflow-artifacts:/1/x',
  ])
    assert.equal(refuseLocalSource(world, server, location, 'x'), location);
});

test('P3 a server of another machine cannot name a local folder to write to; one of this machine can, with a note', {
  skip: process.platform === 'win32' && 'POSIX paths',
}, () => {
  const folder = `/srv/art/1/${ID}/artifacts`;
  const refused = (error: unknown) => error instanceof MlctlError && error.code === 'PATH_REFUSED';
  const world = testWorld();
  assert.throws(() => refuseLocalTarget(world, server, folder, 'run x'), refused);
  assert.throws(() => refuseForeignTarget(world, server, '/srv/art/0', 'new artifacts'), refused);
  assert.deepEqual(world.notes, []);
  for (const uri of ['http://127.0.0.1:5000', 'http://localhost:5000/x', 'https://ada@[::1]']) {
    const here = { isRemote: true, uri } as unknown as Store;
    assert.equal(refuseLocalTarget(world, here, folder, 'run x'), folder);
    assert.equal(refuseForeignTarget(world, here, '/srv/art/0', 'new artifacts'), '/srv/art/0');
    assert.throws(() => refuseLocalTarget(world, here, '/etc', 'run x'), refused);
  }
  assert.match(world.notes[0] ?? '', /run x: its artifacts are stored in \/srv\/art/);
  for (const uri of ['http://127.0.0.1.evil.example', 'http://localhost@evil.example', 'http://evil.example/localhost'])
    assert.throws(() => refuseLocalTarget(world, { isRemote: true, uri } as never, folder, 'run x'), refused);
  const trusting = testWorld({ env: { MLCTL_ALLOW_LOCAL_SOURCE: 'true' } });
  assert.equal(refuseLocalTarget(trusting, server, folder, 'run x'), folder);
  for (const place of ['s3://b/k', 'mlflow-artifacts:/1'])
    assert.equal(refuseLocalTarget(world, server, place, 'run x'), place);
});

test('P3 a registry on another machine cannot name local folders, even if the runs are kept here', async (t) => {
  const version = { name: 'm', version: '1', source: '/etc', status: 'READY', current_stage: 'None' };
  const registry = await httpServer(({ url }, response) => {
    if (url.includes('get-download-uri')) return json(response, { artifact_uri: '/etc' });
    if (url.includes('registered-models/get')) return json(response, { registered_model: { name: 'm' } });
    json(response, url.includes('model-versions/get') ? { model_version: version } : {});
  });
  t.after(() => registry.close());
  const world = testWorld();
  const apart = testWorld({ env: { ...world.env, MLFLOW_REGISTRY_URI: registry.url } });
  await assert.rejects(loadModel(apart, { uri: 'models:/m/1' }), {
    code: 'PATH_REFUSED',
    message: /^the server .* lies at "\/etc"/,
  });
});
