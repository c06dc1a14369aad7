// rollback, history and promote --if-current as the real program, over an embedded store.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { HistoryDocument } from '../../src/operations/history.js';
import { openTracking } from '../../src/tracking/open.js';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const cwd = scratch('mlctl-rollback-');
const env = { USER: 'ada' };
const mlctl = (...args: string[]) => runCli(args, { cwd, env });
function json(...args: string[]) {
  const { stdout, code } = mlctl(...args, '--json');
  // biome-ignore lint/suspicious/noExplicitAny: the documents of several commands
  return { code, document: JSON.parse(stdout) as Record<string, any> };
}
const historyOf = (...args: string[]) => json('history', 'iris_clf', ...args).document as HistoryDocument;
/** Another client: moves without a record. */
async function behindOurBack(work: (store: Awaited<ReturnType<typeof openTracking>>) => Promise<void>): Promise<void> {
  const store = await openTracking(testWorld({ cwd }), {});
  await work(store);
  await store.close();
}

before(() => {
  for (const C of ['1.0', '0.5', '0.1'])
    assert.equal(mlctl('train', '--register', '--set', `pipeline.0.logistic_regression.C=${C}`).code, 0);
  for (const version of ['1', '2', '3'])
    assert.equal(mlctl('promote', `iris_clf/${version}`, '--stage', 'Production', '--no-smoke').code, 0);
});

test('rollback smokes the version before and moves the stage there; history tells it all', () => {
  const done = json('rollback', 'iris_clf', '--stage', 'production');
  assert.equal(done.code, 0, JSON.stringify(done.document));
  const { version, previous_version: was, stage, rolled_back: back, smoke } = done.document;
  assert.deepEqual([version, was, stage, back, smoke.uri], [2, 3, 'Production', true, 'models:/iris_clf/2']);
  assert.equal(json('load', 'models:/iris_clf/Production').document['resolved'].version, 2);
  assert.equal(json('rollback', 'iris_clf', '--stage', 'Production', '--no-smoke').document['version'], 1);

  assert.equal(json('history', 'iris_clf').document['schema'], 'mlctl.history/1');
  const { moves, stages } = historyOf();
  assert.deepEqual(
    moves.map((one) => [one.action, one.target, one.from_version, one.to_version, one.user]),
    [
      ['rollback', 'Production', 2, 1, 'ada'],
      ['rollback', 'Production', 3, 2, 'ada'],
      ['promote', 'Production', 2, 3, 'ada'],
      ['promote', 'Production', 1, 2, 'ada'],
      ['promote', 'Production', null, 1, 'ada'],
    ],
  );
  assert.ok(moves.every(({ time }) => !Number.isNaN(Date.parse(time ?? ''))));
  assert.equal(stages['Production'], 1);
  const shown = mlctl('history', 'iris_clf', '--max', '2').stdout;
  assert.match(shown, /ada +rollback +Production +2 +1\n/);
  assert.match(shown, /… more with --max/);

  const bottom = json('rollback', 'iris_clf', '--stage', 'Production');
  assert.equal(bottom.code, 3);
  assert.equal(bottom.document['error'].code, 'VERSION_BEFORE_UNKNOWN');
  assert.match(bottom.document['error'].message, /had no version before/);
});

test('what another client moved is unknown: rollback refuses, --to says it', async () => {
  assert.equal(mlctl('promote', 'iris_clf/1', '--alias', 'champion', '--no-smoke').code, 0);
  await behindOurBack((store) => store.setAlias('iris_clf', 'champion', 3));
  const refused = mlctl('rollback', 'iris_clf', '--alias', 'champion');
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /not known \(the last known one is version 1\)/);
  assert.match(refused.stderr, /rollback iris_clf --alias champion --to 1/);
  const newest = historyOf('--alias', 'champion').moves[0]!;
  assert.deepEqual(
    [newest.action, newest.user, newest.time, newest.from_version, newest.to_version],
    ['unknown', 'unknown', null, 1, 3],
  );
  assert.match(mlctl('history', 'iris_clf', '--alias', 'champion').stdout, /unknown: moved by a client/);
  const said = json('rollback', 'iris_clf', '--alias', 'champion', '--to', '2');
  assert.deepEqual([said.code, said.document['version'], said.document['previous_version']], [0, 2, 3]);
  assert.equal(json('rollback', 'iris_clf', '--alias', 'champion', '--to', '9').code, 3);
});

test('promote --if-current moves only from the version named', async () => {
  const champion = ['--alias', 'guarded', '--no-smoke'] as const;
  assert.equal(json('promote', 'iris_clf/1', ...champion, '--if-current', 'none').code, 0);
  const stale = json('promote', 'iris_clf/3', ...champion, '--if-current', '2');
  assert.equal(stale.code, 1);
  assert.deepEqual(
    [stale.document['promoted'], stale.document['conflict'].found_version, stale.document['conflict'].when],
    [false, 1, 'before'],
  );
  assert.equal(json('load', 'models:/iris_clf@guarded').document['resolved'].version, 1);
  assert.equal(json('promote', 'iris_clf/3', ...champion, '--if-current', '1').code, 0);
  assert.equal(json('promote', 'iris_clf/3', ...champion, '--if-current', 'three').code, 2);
});

test('usage: one pointer, that can be moved back', () => {
  for (const args of [[], ['--stage', 'Production', '--alias', 'champion'], ['--stage', 'Archived'], ['--to', '0']])
    assert.equal(mlctl('rollback', 'iris_clf', ...args).code, 2, args.join(' '));
  assert.equal(mlctl('rollback', 'nobody', '--alias', 'champion').code, 3);
  assert.equal(mlctl('history', 'nobody').code, 3);
});

test('history of what is no stage, and of an alias that never moved', () => {
  const wrong = json('history', 'iris_clf', '--stage', 'Prod');
  assert.deepEqual([wrong.code, wrong.document['error'].code], [2, 'USAGE']);
  assert.equal(wrong.document['error'].hint, 'did you mean Production?');
  assert.match(
    json('history', 'iris_clf', '--stage', 'x').document['error'].hint,
    /None, Staging, Production or Archived/,
  );
  assert.match(
    mlctl('history', 'iris_clf', '--alias', 'chapmion').stdout,
    /^alias chapmion of iris_clf was never moved; these were: alias champion, alias guarded, stage Production\n$/,
  );
  assert.equal(json('history', 'iris_clf', '--stage', 'production').document['moves'][0].target, 'Production');
});

test('a version promoted to where it is: nothing is moved, and the history has no record of it', () => {
  const before = historyOf('--alias', 'guarded').moves;
  const [holder] = before;
  const line = ['promote', `iris_clf/${holder?.to_version}`, '--alias', 'guarded', '--no-smoke'];
  assert.match(mlctl(...line).stdout, /is already version 3; nothing was moved/);
  assert.deepEqual(historyOf('--alias', 'guarded').moves, before);
});

test('stages are noted to be deprecated, once and not with --quiet', () => {
  const line = ['promote', 'iris_clf/1', '--stage', 'Staging', '--no-smoke'];
  const said = mlctl(...line).stderr.match(/stages are deprecated since MLflow 2\.9; an alias does the same/g);
  assert.equal(said?.length, 1);
  assert.equal(mlctl(...line, '-q').stderr, '');
});
