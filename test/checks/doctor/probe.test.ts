// The probe of an artifact store, step by step: which step failed, and what is left behind.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileArtifacts } from '../../../src/artifacts/open-file-artifacts.js';
import type { ArtifactStore } from '../../../src/artifacts/store.js';
import { probeArtifacts } from '../../../src/checks/doctor/probe.js';
import { judgeServer } from '../../../src/checks/doctor/server.js';
import { MlctlError } from '../../../src/errors/error.js';
import { trackingServer } from '../../operations/doctor-servers.js';
import { testWorld } from '../../support/worlds.js';

/** Of a folder, whose store is changed by `spoil`. */
async function probed(spoil: (store: ArtifactStore) => Partial<ArtifactStore> = () => ({})) {
  const world = testWorld();
  const folder = join(world.cwd, 'runs');
  mkdirSync(folder);
  const open = async () => {
    const store = openFileArtifacts(folder);
    return { ...store, ...spoil(store) };
  };
  const check = await probeArtifacts(world, folder, open);
  return { check, left: readdirSync(folder) };
}
const broken = () => Promise.reject(new MlctlError('REMOTE_REFUSED', 'broken'));
async function* other(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(4096, 'x');
}

test('a folder: written, listed, read in full and in part, and emptied', async () => {
  const { check, left } = await probed();
  assert.equal(check.status, 'pass');
  assert.match(check.message, /: put, list, get, range, delete work$/);
  assert.deepEqual(left, []);
  const world = testWorld();
  const none = await probeArtifacts(world, join(world.cwd, 'nowhere'), () => assert.fail());
  assert.deepEqual([none.status, /does not exist yet; the first run creates it$/.test(none.message)], ['skip', true]);
});

test('the first step that fails is named, and what was written is removed', async () => {
  const steps: [string, (store: ArtifactStore) => Partial<ArtifactStore>, RegExp][] = [
    ['put', () => ({ write: broken }), /put failed: broken/],
    ['list', () => ({ list: async () => [] }), /the new file is missing from the list/],
    [
      'list',
      (store) => ({ list: async (path) => (await store.list(path)).map((entry) => ({ ...entry, size: 1 })) }),
      /or its size is wrong/,
    ],
    ['get', () => ({ read: async () => other() }), /read .* other bytes came back \(4096\)/],
    [
      'range',
      (store) => ({ read: (path, options) => (options?.offset ? Promise.resolve(other()) : store.read(path)) }),
      /from byte 1000: 3096 bytes were written/,
    ],
    ['delete', () => ({ remove: broken }), /delete failed: broken/],
    ['delete', () => ({ remove: async () => {} }), /1 files are still there/],
  ];
  for (const [step, spoil, message] of steps) {
    const { check, left } = await probed(spoil);
    assert.deepEqual([check.status, check.step, check.details?.['failed']], ['fail', step, step]);
    assert.match(check.message, message);
    assert.equal(left.length, step === 'delete' ? 1 : 0, step);
    assert.equal(check.details?.['left_behind'], step === 'delete' ? left[0] : null);
  }
});

test('a server that does not send its time, and one whose version fails once', async (t) => {
  let failed = 0;
  const server = await trackingServer('mlflow-artifacts:/0', (incoming, answer) => {
    answer.sendDate = false;
    if (incoming.url !== '/version' || failed++ > 0) return false;
    answer.writeHead(503).end();
    return true;
  });
  t.after(() => server.close());
  const world = testWorld({
    env: { MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01', MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0' },
  });
  const { store, clock, artifacts } = await judgeServer(world, { trackingUri: server.url }, server.url);
  assert.deepEqual([clock.status, clock.message], ['skip', 'the server does not send its time']);
  assert.match(store.message, /MLflow 3\.17\.2 answered/);
  assert.equal(artifacts.status, 'pass', artifacts.message);
  assert.ok(failed >= 2);
});
