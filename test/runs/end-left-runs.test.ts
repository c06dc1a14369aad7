// A train that is killed in the middle leaves a run as RUNNING and files behind; `doctor --repair` ends it, and no run of anybody else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DoctorCheckDocument } from '../../src/documents/check.js';
import { sweepTemporaryFiles } from '../../src/files/sweep-temporary-files.js';
import { temporaryBeside } from '../../src/files/write-atomically.js';
import { endLeftRuns } from '../../src/runs/end-left-runs.js';
import { hasEnded, PROCESS_TAG, processMark } from '../../src/runs/process-mark.js';
import { openTracking } from '../../src/tracking/open.js';
import { cliJson } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { outside } from '../support/snares.js';
import { testWorld } from '../support/worlds.js';

const linux = { skip: process.platform === 'linux' ? false : 'only Linux tells of processes' };

async function markOfDead(): Promise<string> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  const mine = processMark()!;
  const dead = mine.replace(/^\d+/, String(child.pid));
  child.kill('SIGKILL');
  await new Promise((done) => child.once('close', done));
  return dead;
}

test('a mark says whether its process has ended, and nothing of another machine', linux, async () => {
  const mine = processMark()!;
  assert.equal(hasEnded(mine), false);
  assert.equal(hasEnded(mine.replace(/-\d+@/, '-1@')), true, 'the number went to another process');
  assert.equal(hasEnded(await markOfDead()), true);
  for (const odd of [undefined, '', 'x', mine.replace(/@.*/, '@0123456789abcdef')]) assert.equal(hasEnded(odd), null);
});

test(
  'only runs of mlctl whose process is gone, or that nobody can ask after and are old, are ended',
  linux,
  async () => {
    const cwd = scratch();
    const world = testWorld({ cwd, now: Date.now });
    const tracking = await openTracking(world);
    const experiment = await tracking.ensureExperiment('e');
    const day = 24 * 3600 * 1000;
    const own = { 'mlctl.version': '1' };
    const make = async (name: string, tags: Record<string, string>, startTime = Date.now(), mark = true) => {
      const run = await tracking.createRun({
        experimentId: experiment.experimentId,
        runName: name,
        userId: 'u',
        startTime,
        tags: new Map(Object.entries(tags)),
        requestId: mark ? name : '',
      });
      return run.runId;
    };
    const dead = await markOfDead();
    const killed = await make('killed', { ...own, [PROCESS_TAG]: dead });
    const old = await make('old', { ...own, [PROCESS_TAG]: '1-1@0123456789abcdef' }, Date.now() - 2 * day);
    await make('running', { ...own, [PROCESS_TAG]: processMark()! }, Date.now() - 30 * day);
    await make('elsewhere', { ...own, [PROCESS_TAG]: '1-1@0123456789abcdef' });
    await make('of another client', {}, Date.now() - 30 * day);
    const finished = await make('finished', { ...own, [PROCESS_TAG]: dead });
    await tracking.updateRun(finished, { status: 'FINISHED', endTime: 5 });
    const half = temporaryBeside(join(cwd, 'mlflow.db')).replace(`.${process.pid}-`, '.999999999-');
    writeFileSync(half, 'a store that was being made');
    const warning = leftovers(cwd);
    assert.equal(
      warning?.message,
      'killed processes left 2 runs that are still RUNNING and 1 temporary file or folder',
    );
    assert.equal(warning.hint, 'mlctl doctor --repair');
    assert.deepEqual([...(warning.details['runs'] as string[])].sort(), [killed, old].sort());
    assert.deepEqual([...(await endLeftRuns(world, tracking))].sort(), [killed, old].sort());
    assert.equal(leftovers(cwd)?.message, 'killed processes left 1 temporary file or folder');
    const { items } = await tracking.searchRuns({ experimentIds: [experiment.experimentId], maxResults: 100 });
    assert.deepEqual(items.map(({ runName, status }) => `${runName}: ${status}`).sort(), [
      'elsewhere: RUNNING',
      'finished: FINISHED',
      'killed: KILLED',
      'of another client: RUNNING',
      'old: KILLED',
      'running: RUNNING',
    ]);
    await tracking.close();
    assert.deepEqual(repair(cwd), ['removed what killed processes left: 1 temporary file or folder']);
    assert.equal(existsSync(half), false);
    assert.deepEqual(repair(cwd), []);
    assert.equal(leftovers(cwd), undefined);
  },
);

/** A folder for temporary files of its own: those of other tests are not counted. */
const own = (cwd: string) => ({ cwd, env: { TMPDIR: scratch() } });

/** What doctor says without `--repair`; nothing is changed by it. */
function leftovers(cwd: string): DoctorCheckDocument | undefined {
  const { checks } = cliJson<{ checks: DoctorCheckDocument[] }>(['doctor', '--json'], own(cwd));
  return checks.find(({ name }) => name === 'leftovers');
}

function repair(cwd: string): readonly string[] {
  const { repair } = cliJson<{ repair: { remarks: string[] } }>(['doctor', '--repair', '--json'], own(cwd));
  return repair.remarks;
}

test('a store that was being made when its process was killed is swept by the next one', async () => {
  const world = testWorld();
  const half = temporaryBeside(join(world.cwd, 'mlflow.db')).replace(`.${process.pid}-`, '.999999999-');
  writeFileSync(half, 'half');
  const other = temporaryBeside(join(world.cwd, 'sub', 'mlflow.db')).replace(`.${process.pid}-`, '.999999999-');
  mkdirSync(join(world.cwd, 'sub'));
  writeFileSync(other, 'of another folder');
  await (await openTracking(world)).close();
  assert.deepEqual([existsSync(half), existsSync(other)], [false, true]);
  assert.deepEqual(
    readdirSync(world.cwd).filter((name) => name.startsWith('.')),
    [],
  );
});

test('temporary files of dead processes go; links, second names and what is named otherwise stay', () => {
  const other = outside();
  const before = other.state();
  const top = scratch();
  mkdirSync(join(top, 'a', 'b'), { recursive: true });
  symlinkSync(other.folder, join(top, 'a', 'link'));
  const name = (pid: number, n: number) => `.model.onnx.${pid}-${String(n).padStart(12, '0')}.mlctl-tmp`;
  writeFileSync(join(top, 'a', 'b', name(999_999_999, 1)), 'half');
  writeFileSync(join(top, 'a', name(process.pid, 2)), 'being written');
  writeFileSync(join(top, 'a', 'mine.mlctl-tmp'), 'of a user');
  linkSync(join(other.folder, 'thesis.txt'), join(top, 'a', name(999_999_999, 3)));
  writeFileSync(join(other.folder, name(999_999_999, 4)), '');
  assert.equal(sweepTemporaryFiles(top), 1);
  assert.deepEqual(readdirSync(join(top, 'a', 'b')), []);
  assert.equal(readdirSync(join(top, 'a')).length, 5);
  assert.equal(other.state().length, before.length + 1);
});
