// What the start loads: V8's coverage names every script of a process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, cliJson, runCli } from '../support/cli.js';
import { ROOT, scratch } from '../support/paths.js';

/** Files of the project and its packages that a run loaded, relative to the project. */
function loadedBy(args: readonly string[], options: { cwd?: string } = {}): string[] {
  const folder = scratch('mlctl-coverage-');
  runCli(args, { ...options, env: { NODE_V8_COVERAGE: folder } });
  const urls = readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }).result.map(
      ({ url }) => url,
    ),
  );
  const files = urls
    .map((url) => (url.startsWith('file:') ? fileURLToPath(url) : url))
    .filter((file) => existsSync(file));
  return [...new Set(files.map((file) => relative(ROOT, file).replaceAll('\\', '/')))].sort();
}

const IRIS = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];
const PROGRAM = ['bin/mlctl.js', 'dist/launch.cjs', 'dist/mlctl.cjs'];
const packagesOf = (files: readonly string[]) => files.filter((file) => !PROGRAM.includes(file));

test('--version loads only bin/mlctl.js', () => {
  assert.deepEqual(loadedBy(['--version']), ['bin/mlctl.js']);
  assert.ok(readFileSync(join(ROOT, 'bin', 'mlctl.js')).length < 1500);
});

test('help loads the program and nothing beside it', () => {
  for (const args of [['--help'], [], ['help', 'train'], ['version']])
    assert.deepEqual(packagesOf(loadedBy(args)), [], args.join(' '));
});

test('what is off the common road is loaded where it is used', () => {
  assert.deepEqual(packagesOf(loadedBy(['version', '--color', 'always'])), ['dist/vendor/chalk.cjs']);
  const cwd = scratch();
  const trained = loadedBy(['train', '--register', '--json'], { cwd });
  for (const part of ['train', 'vendor/yaml', 'vendor/zod']) assert.ok(trained.includes(`dist/${part}.cjs`), part);
  for (const part of ['python', 'far', 'doctor']) assert.ok(!trained.includes(`dist/${part}.cjs`), part);
  writeFileSync(join(cwd, 'rows.csv'), `${IRIS.join(',')}\n5.1,3.5,1.4,0.2\n`);
  // The scripts of onnxruntime-node and libsql are in the program; their native code is not a script.
  for (const args of [
    ['smoke', 'models:/iris_clf/1', '--json'],
    ['load', 'models:/iris_clf/1'],
    ['predict', 'models:/iris_clf/1', '-i', 'rows.csv', '-o', 'out.csv'],
    ['validate', 'models:/iris_clf/1', '-i', 'rows.csv'],
    ['models'],
    ['runs'],
  ])
    assert.deepEqual(packagesOf(loadedBy(args, { cwd })), [], args.join(' '));
  assert.equal(cliJson<{ ok: boolean }>(['smoke', 'models:/iris_clf/1'], { cwd }).ok, true);
  const opened = loadedBy(['load', join(ROOT, 'fixtures', 'python', 'packages', 'iris-pipeline', 'model')]);
  for (const part of ['python', 'vendor/yauzl']) assert.ok(opened.includes(`dist/${part}.cjs`), part);
  for (const part of ['train', 'far', 'doctor']) assert.ok(!opened.includes(`dist/${part}.cjs`), part);
});

test('the program stays small, because each start costs as much as it is large', () => {
  const { size } = statSync(join(ROOT, 'dist', 'mlctl.cjs'));
  assert.ok(size < 1_400_000, `${size} bytes: name what is off the common road in PARTS of scripts/bundles.mjs`);
});

test('an error of one bundle is an error of all', () => {
  const cwd = scratch();
  const done = runCli(['train', '--set', 'pipeline.0.logistic_regression.C=-1', '--json'], { cwd });
  assert.equal(JSON.parse(done.stdout).error.code, 'RECIPE_INVALID');
});

test('a missing, torn or foreign code cache costs time and nothing else', () => {
  const copy = scratch();
  for (const part of ['bin', 'dist', 'package.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const dist = join(copy, 'dist');
  const file = join(dist, `mlctl-${process.version}-${process.platform}-${process.arch}.cache`);
  const good = readFileSync(file);
  const flippedAt = (part: number) => {
    const flipped = Buffer.from(good);
    flipped[Math.floor(flipped.length * part)]! ^= 0xff;
    return flipped;
  };
  for (const bytes of [
    null,
    Buffer.alloc(0),
    Buffer.from('not a cache'),
    good.subarray(0, good.length >> 1),
    ...[0, 0.1, 0.3, 0.5, 0.7, 0.9].map(flippedAt),
  ]) {
    if (bytes === null) rmSync(file);
    else writeFileSync(file, bytes);
    const done = spawnSync(process.execPath, [join(copy, 'bin', 'mlctl.js'), 'help', 'train'], {
      encoding: 'utf8',
      env: cleanEnvironment(),
    });
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /Usage: mlctl train/);
    assert.ok(readFileSync(file).length > 10_000, 'no new cache was made');
    assert.deepEqual(
      readdirSync(dist).filter((name) => name.includes('.tmp')),
      [],
    );
  }
});
