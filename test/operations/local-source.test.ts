import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { refuseLocalSource } from '../../src/operations/local-source.js';
import type { TrackingStore } from '../../src/tracking/store.js';
import { testWorld } from '../support/worlds.js';

const server = { kind: 'rest', uri: 'http://h:5000' } as unknown as TrackingStore;
const embedded = { kind: 'sqlite', uri: 'sqlite:///x' } as unknown as TrackingStore;
const ID = '0123456789abcdef'.repeat(2);

test('P3 a server has no say over local folders, but for artifact folders by their names', {
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
