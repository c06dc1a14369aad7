// What the start loads: V8's coverage names every script of a process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

const PROGRAM = ['bin/mlctl.js', 'dist/launch.cjs', 'dist/mlctl.cjs'];
const packagesOf = (files: readonly string[]) => files.filter((file) => !PROGRAM.includes(file));

test('--version loads only bin/mlctl.js', () => {
  assert.deepEqual(loadedBy(['--version']), ['bin/mlctl.js']);
  assert.ok(readFileSync(join(ROOT, 'bin', 'mlctl.js')).length < 1500);
});

test('help and the lists load the program and no package', () => {
  for (const args of [['--help'], [], ['help', 'train'], ['version']])
    assert.deepEqual(packagesOf(loadedBy(args)), [], args.join(' '));
});

test('a package is loaded where it is used', () => {
  assert.deepEqual(packagesOf(loadedBy(['version', '--color', 'always'])), ['dist/vendor/chalk.cjs']);
  const cwd = scratch();
  const trained = loadedBy(['train', '--register', '--json'], { cwd });
  assert.ok(trained.includes('dist/vendor/zod.cjs') && trained.includes('dist/vendor/yaml.cjs'));
  // The scripts of onnxruntime-node and libsql are in the program; their native code is not a script.
  assert.deepEqual(packagesOf(loadedBy(['smoke', 'models:/iris_clf/1', '--json'], { cwd })), []);
  assert.equal(cliJson<{ ok: boolean }>(['smoke', 'models:/iris_clf/1'], { cwd }).ok, true);
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
