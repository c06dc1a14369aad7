// The n-th-call loop: every call of a good `train --register --stage Production`, spoilt in every way, against a real MLflow
// server of 3.x or 2.x, or its S3 server. MLCTL_FAULTS=all runs all pairs (MLCTL_FAULTS='all:runs/update' those that name it); else a fixed choice in
// which every call and every fault comes up.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LoggedDocument } from '../../src/documents/logged.js';
import { MlctlError } from '../../src/errors/error.js';
import { promoteModel } from '../../src/operations/promote.js';
import { registerModel } from '../../src/operations/register.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { trainModel } from '../../src/operations/train.js';
import { openTracking } from '../../src/tracking/open.js';
import { cliEnded } from '../support/cli.js';
import { befalls, FAULTS, type Fault, type FaultPlan, openFaultProxy } from '../support/fault-proxy.js';
import { temporaryFiles } from '../support/invariants.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import {
  checkNothingHalf,
  checkWhole,
  digestsBelow,
  folderOf,
  type Good,
  leftBehind,
  type Place,
  packageFolder,
} from '../support/server-invariants.js';
import { openStack } from '../support/stack.js';
import { testWorld } from '../support/worlds.js';

const SECRET = 'tok-canary-7f3a91';
const DEADLINE_MS = 20_000;
/** For a run that is to succeed: a machine that is busy must not end it. */
const LONG_DEADLINE_MS = 4 * DEADLINE_MS;
const LANES = 3;
/** `all`, or `all:WORDS` for those pairs of all whose description holds the words. */
const [CHOICE, WORDS = ''] = (process.env['MLCTL_FAULTS'] ?? '').split(/:(.*)/s);
const ALL = CHOICE === 'all';
/** Answers that no retry is for: somebody must sign in, or what answers there is not MLflow. */
const NO_RETRY: ReadonlySet<Fault> = new Set(['401', 'wrong json']);
/** Retries as the program has them, only sooner. */
const QUICK = {
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: '4',
  MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.2',
  MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.2',
  MLFLOW_HTTP_REQUEST_TIMEOUT: '2',
  MLFLOW_TRACKING_TOKEN: SECRET,
  USER: 'ada',
};

interface NumberedPlan extends FaultPlan {
  readonly call: number;
}

interface Ended {
  readonly document: LoggedDocument | null;
  readonly error: unknown;
  readonly said: string;
}

/** The servers of a loop, one of which is spoilt. */
interface Stand {
  /** The server that the proxy stands before. */
  readonly target: string;
  /** The settings by which a command reaches everything, that server by the address given. */
  env(address: string): Readonly<Record<string, string>>;
  readonly tracking: string;
  /** The folder where the files of artifacts end up. */
  readonly artifacts: string;
  stop(): unknown;
}

/** What is spoilt: the calls to MLflow, or those to the S3 server that MLflow 3 sends its clients to. */
export type Spoilt = 'MLflow 3' | 'MLflow 2' | 'S3';

async function openStand(spoilt: Spoilt): Promise<Stand | { skip: string }> {
  if (spoilt === 'S3') {
    const stack = openStack(['direct']);
    if ('skip' in stack) return stack;
    const { env, servers, folder, bucket, stop } = stack;
    return {
      target: env['MLFLOW_S3_ENDPOINT_URL']!,
      env: (address) => ({ ...env, MLFLOW_TRACKING_URI: servers.direct, MLFLOW_S3_ENDPOINT_URL: address }),
      tracking: servers.direct,
      artifacts: join(folder, 's3', bucket),
      stop,
    };
  }
  const found = pythonOf(spoilt === 'MLflow 3' ? 'mlflow' : 'mlflow2');
  if ('skip' in found) return found;
  const folder = scratch('mlctl-nth-');
  const { url, stop } = await startMlflow(found.python, folder);
  return {
    target: url,
    env: (address) => ({ MLFLOW_TRACKING_URI: address }),
    tracking: url,
    artifacts: join(folder, 'art'),
    stop,
  };
}

export function nthCall(spoilt: Spoilt): void {
  let skip: string | null = null;
  let stand: Stand;
  let place: Place;
  const cache = scratch('mlctl-nth-cache-');
  let good: Good;
  let calls: readonly string[];

  /** A train in this process, as the command line would run it with --timeout. */
  async function train(url: string, experiment: string, cwd: string, deadlineMs = DEADLINE_MS): Promise<Ended> {
    const controller = new AbortController();
    const deadline = setTimeout(
      () =>
        controller.abort(
          new MlctlError('DEADLINE_PASSED', 'the deadline of the test passed', { hint: 'give it more: --timeout' }),
        ),
      deadlineMs,
    );
    const world = testWorld({
      env: { ...QUICK, ...stand.env(url), MLCTL_CACHE_DIR: cache },
      cwd,
      now: Date.now,
      signal: controller.signal,
    });
    let document: LoggedDocument | null = null;
    let error: unknown = null;
    try {
      document = await trainModel(world, { experiment, register: experiment, stage: 'Production' });
    } catch (thrown) {
      error = thrown;
    } finally {
      clearTimeout(deadline);
    }
    const told =
      error instanceof MlctlError ? [error.message, error.hint, JSON.stringify(error.details)] : [String(error)];
    return { document, error, said: [...world.notes, ...told, JSON.stringify(document)].join('\n') };
  }

  /** A failure that is told, that a person can act upon, and after which nothing is left as if it still ran. */
  async function checkFailure(ended: Ended, plan: FaultPlan, experiment: string, route: string): Promise<void> {
    const { error } = ended;
    assert.ok(error instanceof MlctlError, `no error of ours: ${(error as Error)?.stack}`);
    assert.ok([4, 6, 7].includes(error.exitCode), `exit ${error.exitCode}: ${error.message}`);
    assert.ok(error.message.length > 20 && error.hint, `no hint: ${error.message}`);
    const [run] = (await leftBehind(place, experiment, experiment)).runs;
    const reachable = plan.lasting !== 'all' && route !== 'POST runs/update' && route !== 'POST runs/search';
    if (reachable) assert.notEqual(run?.status, 'RUNNING', `the run stays RUNNING after: ${error.message}`);
    // Where the version was made before the fault, moving it is what is left to do.
    const finish =
      /mlctl register (?<uri>runs:\/\S+) --name (?<name>\S+)|mlctl promote (?<made>\S+)\/(?<version>\d+)/.exec(
        `${error.hint}`,
      )?.groups;
    if (run?.status !== 'FINISHED' || !reachable) return;
    assert.ok(finish, `a finished run, and no word of how to register it: ${error.message} (${error.hint})`);
    const direct = testWorld({
      env: { USER: 'ada', ...stand.env(stand.target), MLCTL_CACHE_DIR: cache },
      now: Date.now,
    });
    if (finish['uri']) await registerModel(direct, { uri: finish['uri'], name: finish['name']!, stage: 'Production' });
    else
      await promoteModel(direct, {
        name: finish['made']!,
        version: Number(finish['version']),
        stage: 'Production',
        smoke: false,
      });
    const left = await leftBehind(place, experiment, experiment);
    assert.equal(left.versions.length, 1, 'registering again made a second version');
    assert.equal(left.versions[0]?.stage, 'Production');
    await checkNothingHalf(place, left);
  }

  async function tryOne(plan: FaultPlan, experiment: string): Promise<{ succeeded: boolean; hit: boolean }> {
    const proxy = await openFaultProxy(stand.target, { ...plan, echo: `Authorization: Bearer ${SECRET}` });
    const cwd = scratch('mlctl-fault-');
    try {
      const ended = await train(proxy.url, experiment, cwd, plan.lasting === 'once' ? LONG_DEADLINE_MS : DEADLINE_MS);
      assert.ok(!ended.said.includes(SECRET), 'a secret was said');
      assert.deepEqual(readdirSync(cwd), [], 'files were left in the folder');
      const left = await leftBehind(place, experiment, experiment);
      await checkNothingHalf(place, left);
      const route = proxy.hits[0] ?? '';
      if (ended.document) {
        const keys =
          route === 'POST runs/log-batch' ? [...good.run.metrics.keys()] : [...good.run.metrics.keys()].slice(0, 1);
        await checkWhole(place, left, ended.document, good, keys);
      } else {
        if (plan.lasting === 'once' && !NO_RETRY.has(plan.fault))
          throw new Error(`a passing fault ended the run: ${ended.said.slice(-900)}`);
        await checkFailure(ended, plan, experiment, route);
      }
      return { succeeded: ended.document !== null, hit: proxy.hits.length > 0 };
    } finally {
      await proxy.close();
    }
  }

  /** Every call once and every route for good; all pairs, or of each call some faults, in turns. */
  function plans(): NumberedPlan[] {
    const made: NumberedPlan[] = [];
    const firsts = new Map<string, number>();
    for (const [at, route] of calls.entries()) if (!firsts.has(route)) firsts.set(route, at + 1);
    const pick = (call: number, turn: number, some: number): readonly Fault[] => {
      const can = FAULTS.filter((fault) => befalls(fault, calls[call - 1]!));
      return ALL ? can : Array.from({ length: some }, (_, n) => can[(turn * 5 + n * 7) % can.length]!);
    };
    let turn = 0;
    const isFile = (route: string) => route.includes('mlflow-artifacts/artifacts');

    for (let call = 1; call <= calls.length; call += 1)
      for (const fault of pick(call, turn++, isFile(calls[call - 1]!) ? 1 : 3))
        made.push({ fault, call, lasting: 'once' });
    for (const call of firsts.values())
      for (const fault of pick(call, turn++, 1)) if (fault !== 'refuse') made.push({ fault, call, lasting: 'route' });
    for (let call = 1; call <= calls.length; call += ALL ? 1 : 9)
      made.push({ fault: FAULTS[turn++ % FAULTS.length]!, call, lasting: 'all' });
    // Should the time run out, it runs out over uploads of one file more.
    return made.sort((a, b) => Number(isFile(calls[a.call - 1]!)) - Number(isFile(calls[b.call - 1]!)));
  }

  before(async () => {
    const opened = await openStand(spoilt);
    if ('skip' in opened) {
      skip = opened.skip;
      return;
    }
    stand = opened;
    const direct = testWorld({ env: stand.env(stand.target), now: Date.now });
    place = { store: await openTracking(direct, {}), url: stand.tracking, artifacts: stand.artifacts };
    const proxy = await openFaultProxy(stand.target, null);
    const { document, error } = await train(proxy.url, 'good', scratch(), LONG_DEADLINE_MS);
    await proxy.close();
    if (!document) throw error;
    calls = [...proxy.calls];
    const left = await leftBehind(place, 'good', 'good');
    const [run] = left.runs;
    good = {
      document,
      run: run!,
      runFiles: digestsBelow(folderOf(place, run!.artifactUri), 'good'),
      packageFiles: digestsBelow(packageFolder(place, left)!),
    };
  });
  after(() => stand?.stop());

  test('the n-th call spoilt: passing faults end in success, lasting ones cleanly', {
    timeout: 7_200_000,
  }, async (t) => {
    if (skip) return t.skip(skip);
    const describe = (plan: NumberedPlan) =>
      `${plan.lasting}: ${plan.fault} at call ${plan.call} (${calls[plan.call - 1]})`;
    const todo = plans().filter((plan) => describe(plan).includes(WORDS));
    const problems: string[] = [];
    const count = { runs: 0, succeeded: 0, failed: 0, missed: 0 };
    const started = performance.now();
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let at = next++; at < todo.length; at = next++) {
        const plan = todo[at]!;
        const what = describe(plan);
        try {
          const { succeeded, hit } = await tryOne(plan, `try-${at}`);
          count.runs += 1;
          count[succeeded ? 'succeeded' : 'failed'] += 1;
          if (!hit) count.missed += 1;
        } catch (error) {
          problems.push(`${what}: ${error instanceof Error ? error.message : error}`);
          if (process.env['MLCTL_FAULTS_VERBOSE']) console.error(problems.at(-1));
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    t.diagnostic(
      `${todo.length} runs over ${calls.length} calls and ${FAULTS.length} faults: ${count.succeeded} succeeded, ${count.failed} failed cleanly, ` +
        `${problems.length} broke an invariant, ${count.missed} met no fault; ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    assert.deepEqual(temporaryFiles(cache), []);
    assert.equal(problems.length, 0, problems.slice(0, 25).join('\n'));
  });

  // The calls named below are MLflow's.
  if (spoilt === 'S3') return;
  test('the real program through a spoilt server', { timeout: 300_000 }, async (t) => {
    if (skip) return t.skip(skip);
    for (const [fault, call, lasting, code] of [
      ['reset after send', 'POST runs/create', 'once', 0],
      ['500 after send', 'POST model-versions/create', 'once', 0],
      ['401', 'POST model-versions/create', 'route', 4],
      ['502 html', 'POST runs/create', 'all', 6],
    ] as const) {
      const name = `process-${fault.replaceAll(' ', '-')}`;
      const proxy = await openFaultProxy(stand.target, { fault, call, lasting, echo: `Bearer ${SECRET}` });
      const ran = await cliEnded(
        ['train', `--register=${name}`, '--stage', 'Production', '--experiment', name, '--timeout', '60'],
        {
          cwd: scratch(),
          env: { ...QUICK, ...stand.env(proxy.url) },
        },
      );
      await proxy.close();
      assert.equal(proxy.hits[0], call);
      assert.equal(ran.code, code, ran.stderr);
      assert.ok(!`${ran.stdout}${ran.stderr}`.includes(SECRET));
      const left = await leftBehind(place, name, name);
      await checkNothingHalf(place, left);
      assert.equal(left.versions.length, code === 0 ? 1 : 0);
    }
    const direct = testWorld({
      env: { USER: 'ada', ...stand.env(stand.target), MLCTL_CACHE_DIR: scratch('mlctl-cache-') },
      now: Date.now,
    });
    const judged = await smokeModel(direct, { uri: 'models:/process-reset-after-send/Production' });
    assert.ok(
      judged.checks.every(({ status }) => status === 'pass' || status === 'skip'),
      JSON.stringify(judged.checks),
    );
  });
}
