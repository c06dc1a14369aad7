// The manual page as roff prints it: every command, option and variable of the tables, in the words of help.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { meaningOf } from '../../src/cli/help/meaning-of.js';
import { COMMON_OPTIONS } from '../../src/cli/options.js';
import { COMMANDS } from '../../src/cli/table.js';
import { VARIABLES } from '../../src/settings/settings.js';
import { ROOT } from '../support/paths.js';
import { systemTool } from '../support/system-tool.js';

test('the manual page has no fault of roff and says what help says', async (t) => {
  const found = systemTool('groff');
  if ('skip' in found) return t.skip(found.skip);
  // Lines so long that nothing is broken or hyphenated.
  const args = ['-man', '-Tutf8', '-ww', '-rLL=5000n', join(ROOT, 'man', 'mlctl.1')];
  const done = spawnSync(found.tool, args, { encoding: 'utf8' });
  assert.deepEqual([done.status, done.stderr], [0, '']);
  // Bold letters are printed twice, or between escapes.
  const page = done.stdout.replace(/.\u0008|\u001b\[[\d;]*m/g, '');
  const says = (text: string) => assert.ok(page.includes(text.replaceAll('`', '')), text);
  for (const { name, sentence, load } of COMMANDS) {
    const command = await load();
    for (const text of [`mlctl ${name}`, sentence, ...command.examples.map(({ line }) => line)]) says(text);
    for (const option of command.options) for (const text of [option.flags, meaningOf(option)]) says(text);
    for (const argument of command.arguments) says(argument.meaning);
  }
  for (const option of COMMON_OPTIONS) says(meaningOf(option));
  for (const { name, meaning } of VARIABLES) for (const text of [name, meaning]) says(text);
});

test('npm installs the manual page', () => {
  const { man, files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.equal(man, './man/mlctl.1');
  assert.ok(files.includes('man'));
});
