// --dry-run says what would be done and writes nothing; --message is kept with the move.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';

const cwd = scratch('dry-run');
cliJson(['train', '--register', '--alias', 'champion', '--out', 'package'], { cwd });
cliJson(['train', '--register'], { cwd });
const third = cliJson<{ run_id: string }>(['train'], { cwd });

const OTHERS = new Set(['mlflow.db-shm', 'mlflow.db-wal']);

/** Every file of the folder with its bytes. */
const everything = (): string => {
  const hash = createHash('sha256');
  for (const path of readdirSync(cwd, { recursive: true }).map(String).sort())
    if (!OTHERS.has(path) && statSync(join(cwd, path)).isFile())
      hash.update(path).update(readFileSync(join(cwd, path)));
  return hash.digest('hex');
};

const CASES = [
  [['promote', 'iris_clf/2', '--alias', 'champion'], { version: 2, previous_version: 1, promoted: true }],
  [['promote', 'iris_clf/2', '--alias', 'champion', '--if-current', '2'], { promoted: false }, 1],
  [['rollback', 'iris_clf', '--alias', 'champion', '--to', '2'], { version: 2, rolled_back: true }],
  [['register', `runs:/${third.run_id}/model`, '--name', 'iris_clf'], { version: 3, created: true }],
  [['register', `runs:/${third.run_id}/model`, '--name', 'other'], { version: 1, created: true }],
  [['log', 'package', '--register', 'iris_clf'], { run_id: null, registered: null }],
] as const;

for (const [args, expected, exit] of CASES)
  test(`${args.join(' ').replace(third.run_id, 'RUN')} --dry-run`, () => {
    const before = everything();
    const document = cliJson([...args, '--dry-run'], { cwd, ...(exit === undefined ? {} : { expect: exit }) });
    assert.equal(document.dry_run, true);
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(document[key], value, key);
    const { stdout } = runCli([...args, '--dry-run', '-q'], { cwd });
    if (exit === undefined) assert.match(stdout, /dry run/);
    assert.equal(everything(), before);
  });

test('the reason of a move is shown by history, and a reason too long is refused before smoke', () => {
  cliJson(['promote', 'iris_clf/2', '--alias', 'champion', '-m', 'better on the new data'], { cwd });
  cliJson(['rollback', 'iris_clf', '--alias', 'champion', '--message', 'worse in production'], { cwd });
  const { moves } = cliJson<{ moves: { message: string | null }[] }>(['history', 'iris_clf'], { cwd });
  assert.deepEqual(
    moves.map(({ message }) => message),
    ['worse in production', 'better on the new data', null],
  );
  assert.match(runCli(['history', 'iris_clf'], { cwd }).stdout, /why\n.*worse in production\n/);
  const long = runCli(['promote', 'iris_clf/2', '--alias', 'champion', '-m', 'x'.repeat(1001)], { cwd });
  assert.equal(long.code, 2);
  assert.match(long.stderr, /VALUE_TOO_LONG/);
});
