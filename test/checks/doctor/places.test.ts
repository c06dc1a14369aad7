// doctor tries what a command would do: it writes and takes it back, and reads the files of registered versions where that is asked for.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type DoctorDocument, doctor } from '../../../src/operations/doctor.js';
import { logModel } from '../../../src/runs/log-model.js';
import { lazyStores } from '../../../src/session/stores.js';
import type { World } from '../../../src/world.js';
import { runCli } from '../../support/cli.js';
import { scratch } from '../../support/paths.js';
import { irisLikePlan } from '../../support/plans.js';
import { testWorld } from '../../support/worlds.js';

const checkOf = ({ checks }: DoctorDocument, name: string) => {
  const check = checks.find((one) => one.name === name);
  assert.ok(check, name);
  return check;
};

async function logged(world: World, names: readonly string[]): Promise<string[]> {
  const stores = lazyStores(world, {});
  const places: string[] = [];
  for (const [at, name] of names.entries()) {
    const params = new Map([['n', String(at)]]);
    const { path } = await logModel(world, stores, {}, irisLikePlan({ params, register: { name } }));
    places.push(path!);
  }
  await stores.close();
  return places;
}

/** A folder that takes no more files after `close`. The super-user may write anywhere, so for it a disk is mounted read-only. */
function closable(t: TestContext): { folder: string; close(): void } | null {
  const folder = join(scratch(), 'place');
  mkdirSync(folder);
  if (process.getuid?.() !== 0) return { folder, close: () => chmodSync(folder, 0o555) };
  const mount = (...args: string[]) => spawnSync('mount', [...args, folder]).status === 0;
  if (!mount('-t', 'tmpfs', 'tmpfs')) return null;
  t.after(() => spawnSync('umount', ['-l', folder]));
  return { folder, close: () => assert.ok(mount('-o', 'remount,ro')) };
}

test('a place that cannot be written fails, with the words of the system; nothing is left where it can', async (t) => {
  const place = closable(t);
  if (place === null) return t.skip('a disk cannot be mounted here');
  const env = { MLCTL_CACHE_DIR: join(scratch(), 'cache') };
  const world = testWorld({ cwd: place.folder, env });
  // In processes of their own: SQLite may keep a file open until its process ends, and such a disk cannot be closed.
  const run = (...args: string[]) => JSON.parse(runCli([...args, '--json'], { cwd: place.folder, env }).stdout);
  assert.equal(run('train').ok, true);
  const before = [readdirSync(place.folder, { recursive: true }).sort(), readFileSync(join(place.folder, 'mlflow.db'))];
  const fine: DoctorDocument = run('doctor');
  assert.deepEqual(
    ['store', 'artifacts', 'disk', 'cache'].map((name) => checkOf(fine, name).status),
    ['pass', 'pass', 'pass', 'pass'],
  );
  assert.match(checkOf(fine, 'store').message, /a change was written and taken back/);
  assert.deepEqual(
    [readdirSync(place.folder, { recursive: true }).sort(), readFileSync(join(place.folder, 'mlflow.db'))],
    before,
  );

  place.close();
  const closed = await doctor(world, {});
  for (const name of ['store', 'disk']) {
    const { status, message, exit_code: exit } = checkOf(closed, name);
    assert.deepEqual([status, exit], ['fail', 2], `${name}: ${message}`);
  }
  assert.match(checkOf(closed, 'store').message, /cannot be written: .*(?:read-?only|permission)/i);
});

test('where no store is, doctor says whether it can be made, and makes nothing', async () => {
  const world = testWorld({ env: { MLCTL_CACHE_DIR: join(scratch(), 'not', 'yet') } });
  const document = await doctor(world, {});
  assert.equal(checkOf(document, 'store').status, 'skip');
  assert.deepEqual(readdirSync(world.cwd), []);
  const nowhere = await doctor(world, { trackingUri: 'sqlite:////proc/mlctl/mlflow.db' });
  assert.match(checkOf(nowhere, 'store').message, /does not exist and cannot be created/);
  const cache = document.settings.find(({ name }) => name === 'MLCTL_CACHE_DIR');
  assert.match(cache?.value ?? '', /not\/yet$/);
  assert.match(checkOf(document, 'cache').message, /GiB free at .*; .*not\/yet is made there when it is needed/);
});

test('the folder of the cache is shown as it is worked out', async () => {
  const world = testWorld({ env: { XDG_CACHE_HOME: '/somewhere/cache' } });
  const { settings } = await doctor(world, {});
  assert.equal(settings.find(({ name }) => name === 'MLCTL_CACHE_DIR')?.value, '/somewhere/cache/mlctl');
});

test('--verify reads every registered version and names the files that are not as logged', async () => {
  const world = testWorld();
  const [first, second] = await logged(world, ['a', 'b', 'c']);
  const unread = checkOf(await doctor(world, {}), 'versions');
  assert.equal(unread.status, 'skip');
  assert.match(unread.hint ?? '', /--verify/);
  const whole = checkOf(await doctor(world, { verify: true }), 'versions');
  assert.deepEqual([whole.status, whole.details['verified']], ['pass', 3]);

  appendFileSync(join(first!, 'conda.yaml'), '#');
  rmSync(second!, { recursive: true });
  const spoilt = checkOf(await doctor(world, { verify: true }), 'versions');
  assert.deepEqual([spoilt.status, spoilt.details['verified']], ['fail', 1]);
  assert.match(spoilt.message, /2 of 3 registered versions are not as logged/);
  const faults = spoilt.details['faults'] as { model: string; message: string; code: string }[];
  assert.deepEqual(faults.map(({ model, code }) => `${model} ${code}`).sort(), [
    'a INTEGRITY_MISMATCH',
    'b FILE_NOT_FOUND',
  ]);
  assert.match(faults.find(({ model }) => model === 'a')?.message ?? '', /changed: conda\.yaml/);
});
