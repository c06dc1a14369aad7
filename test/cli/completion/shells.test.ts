// The completion scripts in the real shells: what Tab inserts, and that a name of others runs nothing.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { before, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { cleanEnvironment, cliJson, runCli } from '../../support/cli.js';
import { BIN, scratch } from '../../support/paths.js';
import { systemTool } from '../../support/system-tool.js';

const folder = scratch();
const bin = scratch();
const env = cleanEnvironment({ PATH: [bin, process.env['PATH']].join(delimiter), TERM: 'xterm', ZDOTDIR: bin });
/** Each runs something where a shell reads it bare, in double quotes or in single quotes. */
const HOSTILE = ['x$(touch ran-1);`touch ran-2`"&|>', "y';touch ran-3;'"];

before(() => {
  writeFileSync(join(bin, 'mlctl'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(bin, 'mlctl'), 0o755);
  for (const shell of ['bash', 'zsh', 'fish', 'pwsh'])
    writeFileSync(join(bin, `completion.${shell}`), runCli(['completion', shell]).stdout);
  writeFileSync(join(bin, 'bashrc'), `PS1='ready> '\nsource '${join(bin, 'completion.bash')}'\n`);
  writeFileSync(
    join(bin, '.zshrc'),
    `PS1='ready> '\nautoload -U compinit; compinit -u -d '${join(bin, 'dump')}'\nsource '${join(bin, 'completion.zsh')}'\n`,
  );
  for (const name of ['iris_clf', 'my model', ...HOSTILE]) cliJson(['train', `--register=${name}`], { cwd: folder });
  cliJson(['promote', 'iris_clf/1', '--alias', 'champion', '--no-smoke'], { cwd: folder });
  mkdirSync(join(folder, 'recipes'));
  writeFileSync(join(folder, 'recipes', 'churn.yaml'), '');
});

/** Types the keys of each step once the text of the step is shown, counted from the step before. */
async function typed(shell: string, steps: readonly (readonly [shown: RegExp, keys: string])[]): Promise<string> {
  const found = systemTool('script');
  if ('skip' in found) throw new Error(found.skip);
  const child = spawn(found.tool, ['-qec', shell, '/dev/null'], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let [screen, from, step] = ['', 0, 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const fresh = stripVTControlCharacters(screen.slice(from));
    const [shown, keys] = steps[step] ?? [];
    if (!shown?.test(fresh)) return;
    from = screen.length;
    step += 1;
    child.stdin.write(keys);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  assert.equal(step, steps.length, `step ${step + 1} was not reached:\n${JSON.stringify(screen)}`);
  return screen;
}

const literally = (text: string) => new RegExp(text.replace(/[^\w ]/g, '\\$&'));

/** In a shell on a terminal: each line is typed up to Tab, and after it is there, entered. */
async function tried(shell: string, lines: readonly (readonly [line: string, inserts: string, shows: string])[]) {
  for (const [line, inserts, shows] of lines)
    await typed(shell, [
      [/ready> $/, `${line}\t`],
      [literally(inserts), '\r'],
      [new RegExp(`${literally(shows).source}[^]*ready> $`), 'exit\r'],
    ]);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('ran')),
    [],
  );
}

const LINES = [
  ['mlctl load models:/iris_clf@', 'champion ', 'is version 1 of iris_clf, alias champion'],
  ['mlctl models my', 'my\\ model ', 'my model'],
  ['mlctl models x', 'x\\$\\(touch\\ ran-1\\)\\;\\`touch\\ ran-2\\`\\"\\&\\|\\> ', `name     ${HOSTILE[0]}`],
  ['mlctl models y', "y\\'\\;touch\\ ran-3\\;\\' ", `name     ${HOSTILE[1]}`],
  ['mlctl train recipes/ch', 'urn.yaml', 'error: recipes/churn.yaml'],
] as const;

test('bash', { timeout: 300_000 }, async () => {
  const checked = spawnSync('bash', ['-n', join(bin, 'completion.bash')], { encoding: 'utf8' });
  assert.deepEqual([checked.status, checked.stderr], [0, '']);
  await tried(`bash --noprofile --rcfile '${join(bin, 'bashrc')}' -i`, LINES);
});

test('bash puts words together again and offers only plain names in quotes', () => {
  const completed = (line: string, more = '') => {
    // As readline splits it: : @ and = are words of their own.
    const words = line.match(/"[^"]*"?|'[^']*'?|[:=@]|[^\s:=@"']+/g) ?? [];
    const all = line.endsWith(' ') ? [...words, ''] : words;
    const script = `${more}\nsource '${join(bin, 'completion.bash')}'
COMP_LINE=$1; COMP_POINT=\${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mlctl 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const done = spawnSync('bash', ['-c', script, 'bash', line, ...all], { cwd: folder, env, encoding: 'utf8' });
    return done.stdout.trimEnd().split('\n');
  };
  assert.deepEqual(completed('mlctl promote iris_clf --stage=Pr'), ['Production']);
  assert.deepEqual(completed('mlctl load models:/iris_clf@ch'), ['@champion']);
  assert.deepEqual(completed('mlctl load --json models:/iris_clf@ch', "COMP_WORDBREAKS=' '"), [
    'models:/iris_clf@champion',
  ]);
  assert.deepEqual(completed('mlctl --tracking-uri sqlite:///no.db models '), ['']);
  assert.deepEqual(completed('mlctl models "'), ['iris_clf', 'my model']);
  assert.deepEqual(completed("mlctl models 'm"), ['my model']);
});

for (const shell of ['zsh', 'fish'] as const)
  test(shell, { timeout: 300_000 }, async (t) => {
    const found = systemTool(shell);
    if ('skip' in found) return t.skip(found.skip);
    const script = join(bin, `completion.${shell}`);
    const checked = spawnSync(found.tool, [shell === 'zsh' ? '-n' : '--no-execute', script], { encoding: 'utf8' });
    assert.deepEqual([checked.status, checked.stderr], [0, '']);
    if (shell === 'zsh') return tried('zsh -d -i', LINES);
    const completed = (line: string) =>
      spawnSync(
        found.tool,
        ['--no-config', '-c', 'source $argv[1]; complete --do-complete --escape $argv[2]', script, line],
        {
          cwd: folder,
          env,
          encoding: 'utf8',
        },
      )
        .stdout.trimEnd()
        .split('\n')
        .map((row) => row.split('\t')[0]);
    assert.deepEqual(completed('mlctl load models:/iris_clf@'), ['models:/iris_clf@champion']);
    assert.deepEqual(completed('mlctl promote iris_clf --stage=P'), ['--stage=Production']);
    assert.deepEqual(completed('mlctl train recipes/ch'), ['recipes/churn.yaml']);
    assert.deepEqual(completed('mlctl models my\\ mo'), ['my\\ model']);
    for (const [name, beginning] of [
      [HOSTILE[0], 'x'],
      [HOSTILE[1], 'y'],
    ] as const) {
      const [escaped = ''] = completed(`mlctl models ${beginning}`);
      const read: { stdout: string } = spawnSync(found.tool, ['--no-config', '-c', `printf %s ${escaped}`], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      assert.equal(read.stdout, name);
    }
    assert.deepEqual(
      readdirSync(folder).filter((one) => one.startsWith('ran')),
      [],
    );
  });

/** No registry of ours has PowerShell for every platform: its script is read here and not run. */
test('the script of PowerShell asks as the others do and quotes what is not plain', () => {
  const script = runCli(['completion', 'pwsh']).stdout;
  assert.match(script, /^Register-ArgumentCompleter -Native -CommandName mlctl -ScriptBlock \{$/m);
  assert.match(script, /& \$program __complete @words "=\$current" 2>\$null/);
  assert.doesNotMatch(script, /Invoke-Expression|\biex\b/);
  const [, plain = ''] = /-notmatch '(.*)'\)/.exec(script) ?? [];
  for (const name of ['iris_clf', '--stage=Production', 'models:/iris_clf@champion'])
    assert.match(name, new RegExp(plain));
  for (const name of [...HOSTILE, 'my model', 'a;b', 'a$b', '@a', 'a`b', 'a\u2019b', 'a,b', ''])
    assert.doesNotMatch(name, new RegExp(plain));
  const [, quotes = ''] = /-replace "\((\[.*?\])\)", '\$1\$1'/.exec(script) ?? [];
  const quoted = (name: string) => `'${name.replace(new RegExp(quotes, 'g'), '$&$&')}'`;
  assert.equal(quoted("y';touch ran-3;'\u2019"), "'y'';touch ran-3;''\u2019\u2019'");
  // Every bracket that opens is closed: what a reader of the text can see of a broken script.
  const bare = script.replace(/'[^'\n]*'|"[^"\n]*"/g, '').replace(/#.*/g, '');
  for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair] as [string, string]))
    assert.equal(bare.split(open).length, bare.split(close).length, `${open}${close}`);
});
