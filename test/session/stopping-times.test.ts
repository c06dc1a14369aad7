// The budget of a stopped command: each part ends before the one that waits for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { AFTER_DEADLINE, AFTER_SIGNAL, stoppingTimes } from '../../src/session/stopping-times.js';

test('each part of the command ends before the one that waits for it', () => {
  assert.deepEqual([AFTER_SIGNAL.total, AFTER_DEADLINE.total], [5000, 2000]);
  for (const { total, command, run, check, probe } of [AFTER_SIGNAL, AFTER_DEADLINE]) {
    assert.ok(total > command && command > run && command > check, 'the CLI waits for runs and for checks');
    assert.ok(check > probe, 'a check of doctor waits for its probe');
  }
});

test('a deadline that passed leaves less time than a signal', () => {
  const stoppedBy = (code: 'DEADLINE_PASSED' | 'INTERRUPTED') =>
    stoppingTimes(AbortSignal.abort(new MlctlError(code, 'stopped')));
  assert.equal(stoppedBy('DEADLINE_PASSED'), AFTER_DEADLINE);
  assert.equal(stoppedBy('INTERRUPTED'), AFTER_SIGNAL);
  assert.equal(stoppingTimes(new AbortController().signal), AFTER_SIGNAL);
});
