// The probe of an artifact store, step by step: which step failed, and what is left behind.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileArtifacts } from '../../../src/artifacts/open-file-artifacts.js';
import type { ArtifactStore } from '../../../src/artifacts/store.js';
import { judgeArtifacts } from '../../../src/checks/doctor/artifacts.js';
import { probeArtifacts } from '../../../src/checks/doctor/probe.js';
import type { DoctorRequest } from '../../../src/checks/doctor/request.js';
import { judgeServer } from '../../../src/checks/doctor/server.js';
import { MlctlError } from '../../../src/errors/error.js';
import type { Stores } from '../../../src/session/stores.js';
import type { World } from '../../../src/world.js';
import { trackingServer } from '../../operations/doctor-servers.js';
import { scratch } from '../../support/paths.js';
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

/** Of a store that is not a folder, over one that is. */
async function probedAway(
  location: string,
  env: Record<string, string> = {},
  spoil: (store: ArtifactStore, world: World) => Partial<ArtifactStore> = () => ({}),
) {
  const world = testWorld({ env: { MLCTL_CACHE_DIR: scratch(), ...env } });
  const folder = scratch();
  const check = await probeArtifacts(world, location, async (own) => {
    own.warn('about the settings');
    const store = { ...openFileArtifacts(folder), localRoot: null };
    return { ...store, ...spoil(store, own) };
  });
  const steps = ((check.details?.['steps'] ?? []) as { step: string; elapsed_ms: number }[]).map((one) => {
    assert.ok(one.elapsed_ms >= 0 && Number.isInteger(one.elapsed_ms));
    return one.step;
  });
  return { check, steps, left: readdirSync(folder) };
}

test('a store that is not a folder also takes a large file, in parts or in one piece', async () => {
  const whole = await probedAway('mlflow-artifacts:/0');
  assert.deepEqual(whole.steps, ['put', 'list', 'get', 'range', 'plain', 'delete']);
  assert.equal(
    whole.check.message,
    'mlflow-artifacts:/0: put, list, get, range, delete work; large files are sent in one piece',
  );
  assert.deepEqual([whole.check.status, whole.check.details?.['notes'], whole.left], ['pass', [], []]);
  const inParts = await probedAway('s3://bucket', {}, (store) => ({
    write: async (path, source, sent) => {
      await store.write(path, source, sent);
      if ('inParts' in source && source.inParts) source.wentInParts?.();
    },
  }));
  assert.deepEqual(inParts.steps, ['put', 'list', 'get', 'range', 'multipart', 'delete']);
  assert.equal(inParts.check.message, 's3://bucket: put, list, get, range, multipart, delete work');
  const damaged = await probedAway('s3://bucket', {}, (store) => ({
    read: (path, options) => (path.endsWith('parts.bin') ? Promise.resolve(other()) : store.read(path, options)),
  }));
  assert.match(damaged.check.message, /multipart failed: read the end of .*parts\.bin: 4096 bytes were written/);
  assert.deepEqual([damaged.check.step, damaged.left, damaged.check.details?.['left_behind']], ['multipart', [], null]);
});

test('what a store remarks on the way is a warning with the setting that ends it', async () => {
  const remarked = async (text: string) => {
    const { check } = await probedAway('mlflow-artifacts:/0', {}, (store, own) => ({
      list: async (path) => {
        own.note(text);
        return store.list(path);
      },
    }));
    assert.equal(check.status, 'warn');
    assert.ok(check.message.endsWith(`; ${text}`), check.message);
    return check.hint ?? '';
  };
  assert.match(await remarked('x; sending through the server instead'), /^export \w+_MULTIPART_UPLOAD=false to go/);
  assert.match(await remarked('x; reading through the server instead'), /^export \w+_MULTIPART_DOWNLOAD=false to go/);
  assert.match(await remarked('trying again'), /^run mlctl doctor again; if this remains/);
});

test('for a bucket the missing endpoint is thought of, if none is set', async () => {
  const hint = async (location: string, env: Record<string, string>, own?: string) => {
    const error = new MlctlError('REMOTE_REFUSED', 'x', own === undefined ? {} : { hint: own });
    const spoil = () => ({ write: () => Promise.reject(error) });
    return (await probedAway(location, env, spoil)).check.hint;
  };
  const endpoint = 'if the store is not AWS, set MLFLOW_S3_ENDPOINT_URL=http://host:9000 here, as on the server';
  assert.equal(await hint('s3://b', {}), endpoint);
  assert.equal(await hint('s3://b', {}, 'look'), `look; ${endpoint}`);
  assert.equal(await hint('s3://b', {}, 'is MLFLOW_S3_ENDPOINT_URL set?'), 'is MLFLOW_S3_ENDPOINT_URL set?');
  assert.equal(await hint('mlflow-artifacts:/0', {}), undefined);
  for (const name of ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'])
    assert.equal(await hint('s3://b', { [name]: 'http://host' }), undefined, name);
});

test('the clocks: a minute is worth a warning, a quarter of an hour is a failure, ahead or behind', async (t) => {
  const now = Date.UTC(2026, 0, 1, 12);
  const server = await trackingServer('mlflow-artifacts:/0', (incoming, answer) => {
    if (incoming.url !== '/version') return false;
    answer.writeHead(200, { date: new Date(now).toUTCString() }).end('3.17.2');
    return true;
  });
  t.after(() => server.close());
  const clock = async (skew: number) => {
    const world = testWorld({ env: { MLCTL_CACHE_DIR: scratch() }, now: () => now + skew });
    const judged = await judgeServer(world, { trackingUri: server.url }, server.url);
    const { status, message, details } = judged.clock;
    return `${status} ${details?.['skew_seconds']} ${/\d+ s (?:ahead of|behind)/.exec(message)?.[0] ?? message}`;
  };
  const agree = 'the clocks of this machine and the server agree';
  assert.equal(await clock(0), `pass 0 ${agree}`);
  assert.equal(await clock(59_999), `pass 60 ${agree}`);
  assert.equal(await clock(60_000), 'warn 60 60 s ahead of');
  assert.equal(await clock(-899_999), 'warn -900 900 s behind');
  assert.equal(await clock(900_000), 'fail 900 900 s ahead of');
});

test('a store that refuses, or may not be asked, leaves the rest untried', async (t) => {
  let status = 404;
  const server = await trackingServer('mlflow-artifacts:/0', (incoming, answer) => {
    const isVersion = incoming.url === '/version';
    if (!isVersion && status === 404) return false;
    incoming.resume();
    answer.writeHead(isVersion ? 404 : status).end();
    return true;
  });
  t.after(() => server.close());
  const judged = async (env: Record<string, string> = {}, offline = false) =>
    judgeServer(testWorld({ env: { ...env } }), { trackingUri: server.url, offline }, server.url);
  const hidden = await judged();
  assert.match(
    hidden.store.message,
    /: MLflow of unknown version answered in \d+ ms; it keeps models as run artifacts/,
  );
  assert.equal(hidden.store.details?.['version'], null);
  assert.notEqual(hidden.registry, null);
  status = 401;
  const refused = await judged();
  assert.deepEqual([refused.store.status, refused.store.error, refused.registry], ['fail', 'UNAUTHENTICATED', null]);
  assert.match(refused.artifacts.message, /^not tried because the store did not answer$/);
  const before = server.seen.length;
  for (const off of [await judged({}, true), await judged({ MLCTL_OFFLINE: 'true' })])
    for (const check of [off.store, off.clock, off.artifacts])
      assert.deepEqual([check.status, /the network is switched off$/.test(check.message)], ['skip', true]);
  assert.equal(server.seen.length, before);
});

test('the place of new artifacts: of the experiment that is set, else of the default one', async () => {
  const tried = async (request: DoctorRequest, env: Record<string, string> = {}) => {
    const world = testWorld({ env });
    const asked: string[] = [];
    const tracking = {
      isRemote: false,
      getExperimentByName: async (name: string) => {
        asked.push(`name ${name}`);
        return name === 'known' ? { artifactLocation: world.cwd } : null;
      },
      getExperiment: async (id: string) => {
        asked.push(`id ${id}`);
        return id === '0' && env['NONE'] ? null : { artifactLocation: join(world.cwd, 'not', 'yet') };
      },
    };
    const check = await judgeArtifacts(world, { tracking: async () => tracking } as unknown as Stores, request);
    return [check.status, asked.join(', '), check.message.replace(world.cwd, 'CWD')];
  };
  const work = 'CWD: put, list, get, range, delete work';
  assert.deepEqual(await tried({ experiment: 'known' }), ['pass', 'name known', work]);
  assert.deepEqual(await tried({}, { MLFLOW_EXPERIMENT_NAME: 'known' }), ['pass', 'name known', work]);
  assert.deepEqual(await tried({ experiment: 'none' }), ['pass', 'name none, id 0', work]);
  assert.deepEqual(await tried({}, { MLFLOW_EXPERIMENT_ID: '7' }), ['pass', 'id 7', work]);
  assert.deepEqual(await tried({}, { NONE: '1' }), [
    'skip',
    'id 0',
    'there is no experiment yet, so there is no artifact location to try',
  ]);
  const broken = { tracking: () => Promise.reject(new MlctlError('REMOTE_REFUSED', 'broken')) };
  const failed = await judgeArtifacts(testWorld(), broken as unknown as Stores, {});
  assert.deepEqual([failed.status, failed.message, failed.error], ['fail', 'broken', 'REMOTE_REFUSED']);
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
