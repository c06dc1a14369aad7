// The files of a run from the shell, and the beginning of its id in place of the whole of it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';

const cwd = scratch('artifacts-of-runs');
const trained = cliJson<{ run_id: string }>(['train', '--out', 'package'], { cwd });
const id = trained.run_id;
const short = id.slice(0, 8);
interface Listed {
  run_id: string;
  artifacts: { path: string; size: number }[];
  path: string | null;
}

test('artifacts lists the files of a run, and runs does too', () => {
  const { artifacts, path, run_id } = cliJson<Listed>(['artifacts', short], { cwd });
  const paths = artifacts.map((file) => file.path);
  assert.equal(path, null);
  assert.equal(run_id, id);
  for (const name of ['recipe.yaml', 'reports/summary.txt', 'plots/roc_curve.svg', 'evaluation/X_te.csv'])
    assert.ok(paths.includes(name), name);
  const [shown] = cliJson<{ runs: { artifacts: unknown }[] }>(['runs', short], { cwd }).runs;
  assert.deepEqual(shown?.artifacts, artifacts);
  assert.match(runCli(['runs', id], { cwd }).stdout, /artifacts\n.*path.*size\n(?:.*\n)*.*reports\/summary\.txt/);
});

test('--download copies what was chosen into a new folder and never overwrites', () => {
  const { artifacts, path } = cliJson<Listed>(['artifacts', id, 'plots/', '--download', 'copy'], { cwd });
  assert.equal(path, join(cwd, 'copy'));
  assert.ok(artifacts.every((file) => file.path.startsWith('plots/')));
  for (const file of artifacts) assert.equal(readFileSync(join(cwd, 'copy', file.path)).byteLength, file.size);
  assert.ok(!existsSync(join(cwd, 'copy', 'recipe.yaml')));
  writeFileSync(join(cwd, 'taken'), 'mine');
  symlinkSync('nowhere', join(cwd, 'link'));
  for (const target of ['copy', 'taken', 'link', '.']) {
    const refused = runCli(['artifacts', id, '--download', target], { cwd });
    assert.equal(refused.code, 2, target);
    assert.match(refused.stderr, /FILE_EXISTS/);
  }
  assert.equal(readFileSync(join(cwd, 'taken'), 'utf8'), 'mine');
});

test('a path that is not there is exit 3 with the near miss', () => {
  const answer = runCli(['artifacts', id, 'reports/sumary.txt'], { cwd });
  assert.equal(answer.code, 3);
  assert.match(answer.stderr, /ARTIFACT_NOT_FOUND[\s\S]*did you mean reports\/summary\.txt\?/);
});

test('every command that takes a run takes the beginning of its id', () => {
  for (const args of [
    ['runs', short],
    ['artifacts', `runs:/${short}`],
    ['load', `runs:/${short}/model`],
    ['smoke', `runs:/${short}/model`],
    ['register', `runs:/${short}/model`, '--name', 'by_short_id'],
    ['log', 'package', '--run-id', short],
  ])
    assert.equal(cliJson(args, { cwd }).ok, true, args.join(' '));
  const version = cliJson<{ resolved: { run_id: string } }>(['load', 'models:/by_short_id/1'], { cwd });
  assert.equal(version.resolved.run_id, id);
});

/** Ids are random, so that two of them begin alike only where the store is told so. */
async function renameRun(store: string, from: string, to: string): Promise<void> {
  const { default: Database } = await import('libsql');
  const db = new Database(store);
  db.exec('PRAGMA foreign_keys = OFF');
  db.prepare('UPDATE runs SET run_uuid = ? WHERE run_uuid = ?').run(to, from);
  db.close();
}

test('a beginning of several ids is refused with all of them, one of none is not found', async () => {
  const own = scratch('ambiguous-runs');
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) ids.push(cliJson<{ run_id: string }>(['train'], { cwd: own }).run_id);
  const same = `${ids[0]!.slice(0, 6)}${ids[1]!.slice(6)}`;
  await renameRun(join(own, 'mlflow.db'), ids[1]!, same);
  const refused = runCli(['runs', ids[0]!.slice(0, 6)], { cwd: own });
  assert.equal(refused.code, 2);
  for (const one of [ids[0]!, same]) assert.ok(refused.stderr.includes(one), one);
  assert.match(refused.stderr, /RUN_AMBIGUOUS/);
  for (const none of ['ffff0000', 'abc', 'nothing', `${ids[0]!.slice(0, 6)}%`])
    assert.equal(runCli(['runs', none], { cwd: own }).code, 3, none);
});
