// MLflow, PostgreSQL and the S3 server killed with SIGKILL while the real program trains, registers and fetches, and brought
// back within seconds: what ends well is whole and there once, what fails says how to go on, and going on ends well.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedDocument } from '../../src/documents/logged.js';
import { loadModel } from '../../src/operations/load.js';
import type { MlflowStore } from '../../src/tracking/mlflow-store.js';
import type { ModelVersion } from '../../src/tracking/model-registry.js';
import { openTracking } from '../../src/tracking/open.js';
import { cliEnded, cliJson, type Transcript } from '../support/cli.js';
import { temporaryFiles } from '../support/invariants.js';
import { scratch } from '../support/paths.js';
import { openStack, type Stack, type StackMode } from '../support/stack.js';
import { testWorld } from '../support/worlds.js';

/** Each round has its own moment of the kill, and the outages take turns. */
const ROUNDS = process.env['MLCTL_FAULTS'] === 'all' ? 20 : 10;
const MODES: readonly StackMode[] = ['proxied', 'direct'];
/** From gone for a moment to longer than a client that tries a few times at once would wait. */
const OUTAGES_MS = [0, 300, 1000, 2000, 3500, 5000];
/** Trains on their way at the same kill, each further along than the other. */
const TRAINS = 2;

const opened = openStack(MODES);
const skip = 'skip' in opened ? opened.skip : false;
const stack = opened as Stack;
const folder = scratch('mlctl-kill-servers-');
const stores = {} as Record<StackMode, MlflowStore>;
/** A model that was there before, to be fetched while servers die. */
const settled = {} as Record<StackMode, { uri: string; digest: string }>;
/** How long one train takes with nothing in its way. */
let usualMs = 0;
/** Of the version of the same recipe and data: equal for all but the files that name the run. */
let payload: string | null = null;

const envOf = (mode: StackMode, cache: string): Record<string, string> => ({
  ...(mode === 'direct' ? stack.env : {}),
  MLFLOW_TRACKING_URI: stack.servers[mode],
  MLCTL_CACHE_DIR: cache,
  USER: 'ada',
});

before(async () => {
  if (skip) return;
  for (const mode of MODES) {
    const env = envOf(mode, join(folder, 'first'));
    const args = ['train', '--register=settled', '--stage', 'Production', '--experiment', 'settled'];
    cliJson(args, { cwd: scratch(), env });
    const started = performance.now();
    const { digest } = cliJson<LoggedDocument>(args, { cwd: scratch(), env });
    usualMs = Math.max(usualMs, performance.now() - started);
    settled[mode] = { uri: 'models:/settled/Production', digest: digest.package };
    payload = digest.payload;
    stores[mode] = await openTracking(testWorld({ env, now: Date.now }));
  }
});
after(async () => {
  if (skip) return;
  for (const store of Object.values(stores)) await store.close();
  stack.stop();
});

const train = (mode: StackMode, name: string, cwd: string): Promise<Transcript> =>
  cliEnded(
    ['train', `--register=${name}`, '--stage', 'Production', '--experiment', name, '--json', '--timeout', '120'],
    { cwd, env: envOf(mode, join(folder, 'cache')), timeout: 180_000 },
  );

async function versionsOf(mode: StackMode, name: string): Promise<readonly ModelVersion[]> {
  return (await stores[mode].searchModelVersions({ filter: `name = '${name}'` })).items;
}

/** Every version of the name is whole, the one in Production is the newest, and `document`, where given, tells of it. */
async function checkWhole(mode: StackMode, name: string, document: LoggedDocument | null): Promise<void> {
  const versions = await versionsOf(mode, name);
  assert.ok(versions.length > 0, `${name}: no version`);
  const cache = scratch('mlctl-reload-');
  for (const version of versions) {
    const loaded = await loadModel(testWorld({ env: envOf(mode, cache), now: Date.now }), {
      uri: `models:/${name}/${version.version}`,
    });
    assert.deepEqual([loaded.verified, loaded.digest.payload], ['registry', payload], `${name} ${version.version}`);
    if (document?.registered?.version === version.version)
      assert.deepEqual(
        [document.digest.package, document.run_id, document.model_id],
        [loaded.digest.package, version.runId, version.modelId],
      );
    const run = await stores[mode].getRun(version.runId ?? '');
    assert.equal(run?.status, 'FINISHED', `${name}: a version of a run that did not finish`);
    assert.equal(run.datasets.length, 1);
    assert.equal(run.modelOutputs.length, 1);
  }
  const inProduction = versions.filter(({ stage }) => stage === 'Production').map(({ version }) => version);
  assert.deepEqual(
    inProduction,
    [Math.max(...versions.map(({ version }) => version))],
    `${name}: what is in Production`,
  );
}

/** What the train left, whether it ended well or not; ends with the model registered. */
async function checkTrain(mode: StackMode, name: string, ran: Transcript): Promise<'done' | 'resumed'> {
  const experiment = await stores[mode].getExperimentByName(name);
  const runs =
    experiment === null ? [] : (await stores[mode].searchRuns({ experimentIds: [experiment.experimentId] })).items;
  const said = `${ran.stdout}\n${ran.stderr}`;
  assert.ok(runs.length <= 1, `${name}: ${runs.length} runs for one request\n${said}`);
  assert.ok((await versionsOf(mode, name)).length <= 1, `${name}: two versions for one request\n${said}`);
  // All servers are back long before the deadline: whoever ends has had the time to put things in order.
  assert.notEqual(runs[0]?.status, 'RUNNING', `${name}: the run stays RUNNING\n${said}`);
  const document = JSON.parse(ran.stdout);
  if (ran.code === 0) {
    await checkWhole(mode, name, document as LoggedDocument);
    return 'done';
  }
  const { error } = document;
  assert.ok(ran.code === 6 || ran.code === 7, `${name}: exit ${ran.code}\n${said}`);
  assert.ok(error.message.length > 20 && error.hint, `${name}: no hint\n${said}`);
  // What the hint says where there is something to go on with, else the same command once more.
  const [, resume] = /mlctl (register runs:\S+ --name \S+(?: --stage \S+)?)/.exec(error.hint) ?? [];
  assert.equal(resume !== undefined, runs[0]?.status === 'FINISHED', `${name}: ${error.hint}`);
  const again = resume
    ? await cliEnded(resume.split(' '), { cwd: scratch(), env: envOf(mode, join(folder, 'cache')) })
    : await train(mode, name, scratch());
  assert.equal(again.code, 0, `${name}: going on failed\n${again.stderr}\n${again.stdout}`);
  await checkWhole(mode, name, null);
  assert.equal((await versionsOf(mode, name)).length, 1);
  return 'resumed';
}

/** One kill at `at` of the usual time of a train, and everything that must hold after it. */
async function round(
  mode: StackMode,
  victim: StackMode | 'postgres' | 's3',
  n: number,
): Promise<Record<'done' | 'resumed' | 'fetched' | 'refused', number>> {
  const count = { done: 0, resumed: 0, fetched: 0, refused: 0 };
  const cache = join(folder, `fetch-${victim}-${n}`);
  mkdirSync(cache);
  const cwd = scratch();
  const at = ((n + 0.5) / ROUNDS) * usualMs;
  const trains: Promise<Transcript>[] = [];
  for (let i = 0; i < TRAINS; i += 1) {
    trains.push(train(mode, `${victim}-${n}-${i}`, cwd));
    if (i < TRAINS - 1) await pause(usualMs / ROUNDS / TRAINS);
  }
  await pause(at / 2);
  // Fetching takes about half as long as training.
  const fetching = cliEnded(['load', settled[mode].uri, '--json', '--timeout', '120'], { env: envOf(mode, cache) });
  await pause(at / 2);
  stack.kill(victim);
  await pause(OUTAGES_MS[(n * 5) % OUTAGES_MS.length]!);
  await stack.revive([mode]);
  for (const [i, ended] of (await Promise.all(trains)).entries())
    count[await checkTrain(mode, `${victim}-${n}-${i}`, ended)] += 1;
  const fetched = await fetching;
  assert.ok([0, 6, 7].includes(fetched.code ?? -1), fetched.stdout);
  count[fetched.code === 0 ? 'fetched' : 'refused'] += 1;
  // Whatever the first one left, the same cache serves the next.
  const { digest } = cliJson<LoggedDocument>(['load', settled[mode].uri], { env: envOf(mode, cache) });
  assert.equal(digest.package, settled[mode].digest);
  assert.deepEqual(readdirSync(join(cache, 'packages')), [digest.package.slice('sha256:'.length)]);
  assert.deepEqual([...temporaryFiles(join(cache, 'packages')), ...readdirSync(cwd)], []);
  return count;
}

/** The rounds of one part; those of the two MLflow servers, which do not touch each other, side by side. */
async function rounds(part: 'mlflow' | 'postgres' | 's3'): Promise<string> {
  const total = { done: 0, resumed: 0, fetched: 0, refused: 0 };
  const lane = async (numbers: readonly number[]): Promise<void> => {
    for (const n of numbers) {
      const mode = MODES[n % MODES.length]!;
      const count = await round(mode, part === 'mlflow' ? mode : part, n);
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += count[key];
    }
  };
  const all = Array.from({ length: ROUNDS }, (_, n) => n);
  if (part === 'mlflow') await Promise.all([0, 1].map((odd) => lane(all.filter((n) => n % 2 === odd))));
  else await lane(all);
  return (
    `${ROUNDS} kills, ${ROUNDS * TRAINS} trains: ${total.done} ended well, ${total.resumed} after going on as told; ` +
    `${ROUNDS} fetches: ${total.fetched} ended well, ${total.refused} refused and fetched again`
  );
}

describe('servers killed and restarted mid-way', { skip, timeout: 1_800_000 }, () => {
  for (const part of ['mlflow', 'postgres', 's3'] as const)
    test(`${part}: ${ROUNDS} times`, async (t) => t.diagnostic(await rounds(part)));
});
