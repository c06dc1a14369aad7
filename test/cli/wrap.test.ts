// Errors and hints at the widths of real terminals: they stay within the lines, and a command in a hint can be copied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText, explain } from '../../src/cli/explain.js';
import { findingLines } from '../../src/cli/render/findings.js';
import { hintLines } from '../../src/cli/render/hint-lines.js';
import { plainStyle } from '../../src/cli/style.js';
import { wrap, wrapHint } from '../../src/cli/wrap.js';
import { MlctlError } from '../../src/errors/error.js';
import { textWidth } from '../../src/text/width.js';

const HINTS: readonly (readonly [hint: string, commands: readonly string[]])[] = [
  ['mlctl doctor', ['mlctl doctor']],
  [
    'see mlctl history iris_clf, then name the version: mlctl rollback iris_clf --alias champion --to 3',
    ['mlctl history iris_clf', 'mlctl rollback iris_clf --alias champion --to 3'],
  ],
  [
    'list what exists with `mlctl models --filter "name LIKE \'%a b%\'"` and `mlctl runs`',
    ['mlctl models --filter "name LIKE \'%a b%\'"', 'mlctl runs'],
  ],
  [
    "if you trust it: export MLCTL_CONFIG='/a folder/mlctl.toml'; else export MLFLOW_TRACKING_URI yourself",
    ["export MLCTL_CONFIG='/a folder/mlctl.toml'"],
  ],
  ['correct the rows, or go on without them: --on-bad-row skip --rejects rejects.ndjson', []],
  ["choose the model's other version, because this one is damaged; mlctl models", ['mlctl models']],
];

test('a hint fits, says all its words, and does not break a command that fits on a line', () => {
  for (const [hint, commands] of HINTS)
    for (const columns of [30, 40, 60, 80, 200]) {
      const lines = hintLines(plainStyle(), hint, columns);
      assert.equal(lines.map((line) => line.trimStart()).join(' '), `hint: ${hint}`);
      assert.match(lines[0]!, /^ {2}hint: /);
      for (const command of commands)
        assert.ok(
          lines.some((line) => line.includes(command)),
          `${columns}: ${command}`,
        );
      for (const line of lines)
        assert.ok(
          textWidth(line) <= columns || commands.some((command) => line.trim().length <= command.length + 8),
          `${columns}: ${line}`,
        );
    }
});

test('a hint that fits is one line', () => {
  for (const [hint] of HINTS) assert.deepEqual(wrapHint(hint, 200), [hint]);
  assert.deepEqual(wrapHint('', 10), ['']);
});

test('words are as wide as a terminal shows them', () => {
  assert.deepEqual(wrap('日本語 日本語 日本語', 13), ['日本語 日本語', '日本語']);
  assert.deepEqual(wrap('a longerthanaline b', 6), ['a', 'longerthanaline', 'b']);
});

const long = 'the model does not take the column that the rows have, because it was trained without it';
const error = new MlctlError('SCHEMA_VIOLATION', `${long}; ${long}\n${long}`, {
  hint: 'mlctl validate models:/iris_clf@champion -i a-file-of-rows.csv counts every finding; correct the rows then',
  details: {
    findings: [
      { code: 'SCHEMA_EXTRA', message: long },
      { code: 'SCHEMA_NULL', message: 'short' },
    ],
  },
});

test('an error for people stays within the terminal, and is in one piece for programs', () => {
  const explained = explain(error);
  const text = (columns: number) => errorText(explained, plainStyle(true, Math.min(columns, 100), columns), '', false);
  for (const columns of [40, 80, 120]) {
    const lines = text(columns).split('\n');
    for (const line of lines)
      assert.ok(textWidth(line) <= columns || /^ {2}code: |mlctl validate models:/.test(line), `${columns}: ${line}`);
    assert.match(lines[0]!, /^✖ error: the model/);
    assert.equal(text(columns).replace(/\s+/g, ' '), text(Number.POSITIVE_INFINITY).replace(/\s+/g, ' '));
  }
  assert.equal(
    text(Number.POSITIVE_INFINITY).split('\n').length,
    explained.message.split('\n').length + 4,
    'findings, code and hint',
  );
});

test('the code of a finding is its last word', () => {
  const lines = findingLines(
    { ...plainStyle(true, 40, 40), dim: (text) => `<${text}>` },
    [{ code: 'SCHEMA_EXTRA', message: long }],
    1,
  );
  assert.match(lines[0]!, / <SCHEMA_EXTRA>$/);
  assert.equal(
    lines[0]!
      .split('\n')
      .slice(1)
      .every((line) => line.startsWith('    ')),
    true,
  );
  assert.equal(findingLines(plainStyle(), [{ message: 'no code' }], 1)[0], '  x no code');
});
