// What docs/serve.md tells people to copy: its YAML can be read, and each `mlctl serve` in it has flags that there are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { SERVE_OPTIONS } from '../../src/cli/flags/serve-options.js';
import { ROOT } from '../support/paths.js';

const PAGE = readFileSync(join(ROOT, 'docs', 'serve.md'), 'utf8');
const FLAGS = new Set([...SERVE_OPTIONS.map(({ flags }) => flags.split(/[ ,]/)[0]), '--schema']);
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text!);

function assertFlags(words: readonly string[]): void {
  for (const word of words.filter((one) => one.startsWith('--'))) assert.ok(FLAGS.has(word), `${word} in ${words}`);
}

test('the manifests are YAML, and their containers start mlctl serve with flags that there are', () => {
  const manifests = blocks('yaml').flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
  assert.deepEqual(
    manifests.map(({ kind }) => kind),
    ['Deployment', 'ServingRuntime'],
  );
  for (const { spec } of manifests)
    for (const { args } of (spec.template?.spec ?? spec).containers) {
      assert.deepEqual(args.slice(0, 2), ['mlctl', 'serve']);
      assertFlags(args);
    }
});

test('the unit of systemd starts what it checked before', () => {
  const lines = blocks('ini')[0]!.split('\n');
  const commands = lines.flatMap((line) => /^Exec\w+=\S*\/mlctl (serve .*)$/.exec(line)?.[1] ?? []);
  assert.equal(commands.length, 2);
  const words = commands.map((command) => command.split(' '));
  for (const each of words) assertFlags(each);
  assert.equal(words[0]![1], words[1]![1]);
  assert.ok(words[0]!.includes('--check'));
});
