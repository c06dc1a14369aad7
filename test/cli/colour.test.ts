// Colour, marks and motion: the rules as a table, then the real program in pipes and on a pseudo-terminal.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { speaksUnicode, wantsColour, wantsMotion } from '../../src/cli/colour-rules.js';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN } from '../support/paths.js';

const COLOURED = /\u001b\[/;

test('the order of the rules', () => {
  const on = (env: Record<string, string>, isTerminal: boolean, flag: 'auto' | 'always' | 'never' = 'auto') =>
    wantsColour(flag, env, isTerminal);
  assert.equal(on({}, true), true);
  assert.equal(on({}, false), false);
  assert.equal(on({ NO_COLOR: '1' }, true), false);
  assert.equal(on({ NO_COLOR: '1', FORCE_COLOR: '1' }, true), false);
  assert.equal(on({ FORCE_COLOR: '1' }, false), true);
  assert.equal(on({ FORCE_COLOR: '0' }, true), false);
  assert.equal(on({ FORCE_COLOR: 'false' }, true), false);
  assert.equal(on({ TERM: 'dumb' }, true), false);
  assert.equal(on({ TERM: 'dumb', FORCE_COLOR: '1' }, true), true);
  assert.equal(on({ NO_COLOR: '1' }, false, 'always'), true);
  assert.equal(on({ FORCE_COLOR: '1' }, true, 'never'), false);
});

test('motion only for somebody who watches', () => {
  const none = { quiet: false, verbose: false, json: false };
  assert.equal(wantsMotion({}, true, none), true);
  assert.equal(wantsMotion({}, false, none), false);
  assert.equal(wantsMotion({ CI: 'true' }, true, none), false);
  assert.equal(wantsMotion({ CI: 'false' }, true, none), true);
  assert.equal(wantsMotion({ TERM: 'dumb' }, true, none), false);
  for (const flag of ['quiet', 'verbose', 'json'])
    assert.equal(wantsMotion({}, true, { ...none, [flag]: true }), false);
});

test('Unicode by locale', () => {
  assert.equal(speaksUnicode({ LANG: 'de_DE.UTF-8' }, 'linux'), true);
  assert.equal(speaksUnicode({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'linux'), false);
  assert.equal(speaksUnicode({ LANG: 'C.utf8', TERM: 'linux' }, 'linux'), false);
  assert.equal(speaksUnicode({}, 'linux'), false);
  assert.equal(speaksUnicode({}, 'win32'), false);
  assert.equal(speaksUnicode({ WT_SESSION: 'x' }, 'win32'), true);
});

test('pipes get no colour unless it is asked for', () => {
  const cases: [string[], Record<string, string>, boolean][] = [
    [[], {}, false],
    [['--color', 'always'], {}, true],
    [['--color=always'], { NO_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '1' }, true],
    [['--no-color'], { FORCE_COLOR: '1' }, false],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ];
  for (const [flags, env, coloured] of cases) {
    const name = `${flags.join(' ')} ${JSON.stringify(env)}`;
    assert.equal(COLOURED.test(runCli(['version', ...flags], { env }).stdout), coloured, `stdout ${name}`);
    assert.equal(COLOURED.test(runCli(['nonsense', ...flags], { env }).stderr), coloured, `stderr ${name}`);
  }
});

test('marks are ASCII where the locale is not UTF-8', () => {
  assert.match(runCli(['nonsense']).stderr, /^✖ error:/);
  assert.match(runCli(['nonsense'], { env: { LANG: 'C' } }).stderr, /^x error:/);
});

test('a terminal gets colour, each stream by itself', (t) => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('no util-linux script');
  const onTerminal = (line: string, env: Record<string, string> = {}) =>
    spawnSync('script', ['-qec', `${process.execPath} ${BIN} ${line}`, '/dev/null'], {
      encoding: 'utf8',
      env: cleanEnvironment({ TERM: 'xterm-256color', ...env }),
    }).stdout;
  assert.match(onTerminal('version'), COLOURED);
  assert.doesNotMatch(onTerminal('version', { NO_COLOR: '1' }), COLOURED);
  assert.doesNotMatch(onTerminal('version', { TERM: 'dumb' }), COLOURED);
  assert.match(onTerminal('version', { CI: '1' }), COLOURED);
  assert.doesNotMatch(onTerminal('version | cat'), COLOURED);
  // stderr is the terminal, stdout a pipe.
  assert.match(onTerminal('nonsense | cat'), COLOURED);
});

test('a terminal without a size gets no spinner', (t) => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('no util-linux script');
  const run = (size: string) =>
    spawnSync('script', ['-qec', `stty ${size}; ${process.execPath} ${BIN} load ./nothing`, '/dev/null'], {
      encoding: 'utf8',
      env: cleanEnvironment({ TERM: 'xterm-256color' }),
      timeout: 60_000,
    }).stdout;
  const HIDDEN_CURSOR = '\u001b[?25l';
  assert.ok(run('cols 80 rows 24').includes(HIDDEN_CURSOR));
  assert.ok(!run('cols 0 rows 0').includes(HIDDEN_CURSOR));
});
