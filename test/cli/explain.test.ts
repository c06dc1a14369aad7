// Explanations of codes, and help about no single command.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLANATIONS } from '../../src/cli/help/explanations.js';
import { TOPICS } from '../../src/cli/table.js';
import { ERROR_CODES } from '../../src/errors/codes.js';
import { FINDING_CODES } from '../../src/schema/finding-codes.js';
import { cliJson, runCli } from '../support/cli.js';

interface Codes {
  codes: { code: string; exit_code: number; meaning: string; causes: string; next: string }[];
}

test('every error code and every code of a finding is explained', () => {
  assert.deepEqual(Object.keys(EXPLANATIONS).sort(), Object.keys(ERROR_CODES).sort());
  const { codes } = cliJson<Codes>(['explain']);
  assert.deepEqual(
    codes.map(({ code }) => code).sort(),
    [...Object.keys(ERROR_CODES), ...Object.keys(FINDING_CODES)].sort(),
  );
  for (const { code, meaning, causes, next } of codes)
    for (const text of [meaning, causes, next]) assert.ok(text.length > 3 && text.length < 200, code);
});

test('one code is told with exit code, causes and what to type; an exit code with its codes', () => {
  const { stdout } = runCli(['explain', 'integrity-mismatch']);
  assert.match(
    stdout,
    /^INTEGRITY_MISMATCH\nmeaning .*\nexit {5}7: .*\nusually .*\ntype .*\nmore .*error-codes\.md\n$/,
  );
  const { codes } = cliJson<Codes>(['explain', '4']);
  assert.deepEqual(
    codes.map(({ code }) => code),
    ['UNAUTHENTICATED', 'PERMISSION_DENIED'],
  );
  assert.match(runCli(['explain', '0']).stdout, /^0: success/);
  const near = runCli(['explain', 'MODEL_NOTFOUND']);
  assert.equal(near.code, 2);
  assert.match(near.stderr, /did you mean MODEL_NOT_FOUND\?/);
});

test('an error names the way to its explanation', () => {
  const { stderr } = runCli(['smoke', './nowhere', '--rows', 'x']);
  const refused = runCli(['explain', 'nothing-like-it']);
  assert.match(refused.stderr, /code: USAGE, exit 2 \(mlctl explain USAGE\)/);
  assert.doesNotMatch(stderr, /mlctl explain undefined/);
});

for (const { name, sentence } of TOPICS)
  test(`help ${name}`, () => {
    const page = runCli(['help', name]);
    assert.equal(page.code, 0);
    assert.equal(page.stderr, '');
    assert.ok(page.stdout.split('\n').length > 5);
    for (const line of page.stdout.split('\n')) assert.ok(line.length <= 80, line);
    assert.ok(runCli(['help']).stdout.includes(sentence));
  });
