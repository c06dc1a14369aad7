// What the start loads: V8's coverage names every script of a process.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../support/cli.js';
import { ROOT, scratch } from '../support/paths.js';

/** Words that only the source of a package holds. */
const MARKS = new Map([
  ['commander', 'CommanderError'],
  ['ora', 'suffixText'],
  ['chalk', 'supportsColor'],
  ['zod', 'ZodError'],
  ['yaml', 'YAMLParseError'],
]);

function loadedBy(args: readonly string[], env: Readonly<Record<string, string>> = {}): string[] {
  const folder = scratch('mlctl-coverage-');
  runCli(args, { env: { ...env, NODE_V8_COVERAGE: folder } });
  const urls = readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }).result.map(
      ({ url }) => url,
    ),
  );
  return [...new Set(urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url)))];
}

const packagesIn = (files: readonly string[]) => {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...MARKS].filter(([, mark]) => text.includes(mark)).map(([name]) => name);
};

test('--version loads the doorstep, main and the version', () => {
  const files = loadedBy(['--version']);
  const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  assert.ok(files.length >= 2 && files.length <= 4, files.join('\n'));
  assert.ok(bytes < 4000, `${bytes} bytes`);
});

test('help loads no package at all; a command line loads commander', () => {
  for (const args of [['--help'], [], ['help']]) {
    const files = loadedBy(args);
    assert.deepEqual(packagesIn(files), [], args.join(' '));
    assert.ok(files.every((file) => !file.includes('node_modules')));
  }
  assert.deepEqual(packagesIn(loadedBy(['version'])), ['commander']);
  assert.ok(packagesIn(loadedBy(['version', '--color', 'always'])).includes('chalk'));
});

test('the marks are found where the packages are', () => {
  const chunks = join(ROOT, 'dist', 'chunks');
  mkdirSync(chunks, { recursive: true });
  const all = packagesIn(readdirSync(chunks).map((file) => join(chunks, file)));
  for (const name of ['commander', 'ora', 'chalk']) assert.ok(all.includes(name), name);
});
