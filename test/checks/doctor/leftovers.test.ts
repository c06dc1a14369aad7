// What killed processes left, as doctor says it: nothing, runs, files, or that it could not be found out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLeftovers } from '../../../src/checks/doctor/leftovers.js';
import { MlctlError } from '../../../src/errors/error.js';

const runs = (count: number) => async () => Array.from({ length: count }, (_, k) => `run${k}`);
const files = (count: number) => async () => count;

test('nothing left is no check', async () => {
  assert.equal(await judgeLeftovers(runs(0), files(0)), null);
});

for (const [left, found, message, more] of [
  [runs(1), files(0), 'killed processes left 1 run that is still RUNNING', 0],
  [runs(0), files(1), 'killed processes left 1 temporary file or folder', 0],
  [runs(25), files(2), 'killed processes left 25 runs that are still RUNNING and 2 temporary files or folders', 5],
] as const)
  test(message, async () => {
    const check = await judgeLeftovers(left, found);
    assert.equal(check?.status, 'warn');
    assert.equal(check?.message, message);
    assert.equal(check?.hint, 'mlctl doctor --repair');
    const { runs: shown, more_runs: rest, files: count } = check!.details as Record<string, unknown>;
    assert.deepEqual(
      [(shown as string[]).length + Number(rest), rest, count],
      [(await left()).length, more, await found()],
    );
  });

test('a store or a folder that does not answer fails the check with its reason', async () => {
  const gone = async (): Promise<never> => {
    throw new MlctlError('STORE_BUSY', 'the store is gone');
  };
  for (const check of [await judgeLeftovers(gone, files(0)), await judgeLeftovers(runs(0), gone)]) {
    assert.equal(check?.status, 'fail');
    assert.match(check?.message ?? '', /the store is gone/);
  }
});
