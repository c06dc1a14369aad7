// Small things of a first day: one dialect everywhere, the note about columns that are left out, lines that fit the terminal.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';
import { systemTool } from '../support/system-tool.js';

const cwd = scratch();
const run = (...args: string[]) => {
  const ran = runCli(args, { cwd });
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return ran;
};

before(() => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${((i * 37) % 41) / 2},${(i * 13) % 29},n${i},${i % 2 ? 'yes' : 'no'}`,
  );
  writeFileSync(join(cwd, 'train.csv'), `a,b,id,y\n${rows.join('\n')}\n`);
  run('train', '--data', 'train.csv', '--target', 'y', '--set', 'data.drop=[id]', '--no-log', '--out', 'package');
});

test('log takes the dialect of its example as predict does', () => {
  writeFileSync(join(cwd, 'example.csv'), Buffer.from("a;b\n'1,5';NV\n2,5;3\n", 'utf16le'));
  const flags = ['--delimiter', ';', '--decimal', ',', '--encoding', 'utf-16le', '--quote', "'"];
  const file = ['log', 'package/model.onnx', '--input-example', 'example.csv', '--signature', 'package/MLmodel'];
  const missing = runCli([...file, '--dry-run', ...flags], { cwd });
  assert.equal(missing.code, 5, missing.stderr);
  assert.match(missing.stderr, /NV/);
  writeFileSync(join(cwd, 'example.csv'), Buffer.from("a;b\n'1,5';2\n2,5;3\n", 'utf16le'));
  run(...file, ...flags);
  const [kept, ...others] = readdirSync(join(cwd, 'mlruns'), { recursive: true })
    .map(String)
    .filter((path) => /(?<!serving_)input_example\.json$/.test(path));
  assert.deepEqual(others, []);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'mlruns', kept!), 'utf8')).data, [
    [1.5, 2],
    [2.5, 3],
  ]);
  const json = runCli([...file.slice(0, 3), 'package/input_example.json', '--delimiter', ';'], { cwd });
  assert.equal(json.code, 2);
  assert.match(json.stderr, /JSON has no delimiter/);
});

test('smoke --rows says which columns the model was trained without, as predict does', () => {
  const note = /the model was trained without 'id', 'y': ignored/;
  assert.match(run('predict', 'package', '-i', 'train.csv', '-o', 'out.csv').stderr, note);
  assert.match(run('smoke', 'package', '--rows', 'train.csv').stderr, note);
  assert.doesNotMatch(run('smoke', 'package').stderr, note);
});

test('a dry run of train has one empty line before its verdict', () => {
  const { stdout } = run('train', '--dry-run');
  assert.match(stdout, /macro\n\n✔ dry run: [^\n]+\n$/);
  assert.doesNotMatch(stdout, /\n\n\n/);
});

test('on a terminal, words are not broken: the note of a metric, remarks and warnings', (t) => {
  const script = systemTool('script');
  if ('skip' in script) return t.skip(script.skip);
  const onTerminal = (columns: number, line: string) =>
    spawnSync(
      script.tool,
      ['-qefc', `stty cols ${columns} rows 30; exec "${process.execPath}" "${BIN}" ${line}`, '/dev/null'],
      {
        cwd,
        env: cleanEnvironment({ TERM: 'xterm', NO_COLOR: '1', CI: '1' }),
        encoding: 'utf8',
      },
    ).stdout.replaceAll('\r\n', '\n');
  for (const columns of [60, 80]) {
    const trained = onTerminal(columns, 'train --dry-run');
    assert.match(trained.replaceAll('\n', ' '), /val_roc_auc: each class against the rest, macro/);
    const predicted = onTerminal(columns, 'predict package -i train.csv -o out.csv');
    assert.match(predicted.replaceAll('\n', ' '), /the model was trained without 'id', 'y': ignored/);
    // No stratify: a class may be missing in the test rows, which train warns of.
    writeFileSync(
      join(cwd, 'rare.csv'),
      `a,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i === 39 ? 'rare' : i % 2}`).join('\n')}\n`,
    );
    const warned = onTerminal(columns, 'train --data rare.csv --target y --set split.stratify=false --dry-run');
    assert.match(warned.replaceAll('\n', ' '), /! warning: .*"rare".*so val_[a-z_ ]+/);
    for (const text of [trained, predicted, warned])
      for (const line of text.split('\n')) assert.ok(line.length <= columns, `${columns}: ${line}`);
  }
});
