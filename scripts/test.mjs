// Runs the tests: builds dist/, compiles src and test to build/, then node's test runner over build/test.
// `npm test -- words…` runs only files whose path holds one of the words. The last line is `N passed, N failed, N skipped`.
// A skip is a failure with MLCTL_TEST_ALL=1. `--no-build` uses dist/ and build/ as they are.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const step = (args) => {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
};
if (!process.argv.includes('--no-build')) {
  step([join('scripts', 'build.mjs')]);
  rmSync(join(root, 'build'), { recursive: true, force: true });
  step([join('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.']);
}

const files = readdirSync(join(root, 'build', 'test'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.js') && (words.length === 0 || words.some((word) => file.includes(word))))
  .sort()
  .map((file) => join('build', 'test', file));
if (files.length === 0) {
  console.error(`no test file matches ${words.join(' ')}`);
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), 'mlctl-test-'));
const tally = join(scratch, 'tally.json');
const done = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--test',
    // Files start servers and Python beside them, so a large machine is not filled with them either.
    `--test-concurrency=${Math.min(4, Math.max(2, availableParallelism()))}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(root, 'scripts', 'tally-reporter.mjs')}`,
    `--test-reporter-destination=${tally}`,
    ...files,
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, TZ: process.env.TZ ?? 'UTC' } },
);
const { passed, failed, skipped } = JSON.parse(readFileSync(tally, 'utf8'));
rmSync(scratch, { recursive: true, force: true });
for (const { name, file, reason } of skipped) console.log(`skipped: ${relative(root, file)}: ${name}: ${reason}`);
const strict = process.env.MLCTL_TEST_ALL === '1';
if (strict && skipped.length > 0) console.log('MLCTL_TEST_ALL=1: a skip is a failure');
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = done.status !== 0 || failed > 0 || passed === 0 || (strict && skipped.length > 0) ? 1 : 0;
