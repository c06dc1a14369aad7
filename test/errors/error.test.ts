import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CODES, type ExitCode, WORST_FIRST, worstExit } from '../../src/errors/codes.js';
import { MlctlError } from '../../src/errors/error.js';

test('an error that says more keeps code, hint, details and state, and names its cause', () => {
  const first = new MlctlError('STORE_BUSY', 'the file is locked', {
    hint: 'run it again',
    details: { path: 'a', tries: 3 },
    state: { registered: { name: 'm', version: 2 } },
  });
  const more = first.saying(`${first.message}; version 2 is there`, {
    details: { path: 'b' },
    state: { halfMoved: true },
  });
  assert.equal(more.code, 'STORE_BUSY');
  assert.equal(more.message, 'the file is locked; version 2 is there');
  assert.equal(more.hint, 'run it again');
  assert.deepEqual(more.details, { path: 'b', tries: 3 });
  assert.deepEqual(more.state, { registered: { name: 'm', version: 2 }, halfMoved: true });
  assert.equal(more.cause, first);
  assert.equal(first.saying('x', { hint: first.thenHint('see it') }).hint, 'run it again; then see it');
  assert.equal(new MlctlError('BUG', 'x').thenHint('see it'), 'see it');
});

test('the state that only code reads is not printed', () => {
  const error = new MlctlError('REMOTE_REFUSED', 'x', { state: { outcome: 'unreadable' } });
  assert.deepEqual(error.details, {});
});

test('every exit code of the table has its rank, and the worst one wins', () => {
  for (const { exit } of Object.values(ERROR_CODES)) assert.ok(WORST_FIRST.includes(exit), String(exit));
  for (const [at, exit] of WORST_FIRST.entries()) assert.equal(worstExit(WORST_FIRST.slice(at).toReversed()), exit);
  assert.equal(worstExit([]), 0);
  // The order of contract §3: what cannot be trusted outweighs bad rows, and these a check that failed.
  const order: readonly ExitCode[] = [0, 1, 5, 7, 3, 6, 4, 2, 70];
  for (const [at, exit] of order.entries()) assert.equal(worstExit(order.slice(0, at + 1)), exit);
});
