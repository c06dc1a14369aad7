// Every help page against its recorded text, and what help promises against what the program does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CONFIG_KEYS } from '../../src/cli/config-file.js';
import { exitsOf } from '../../src/cli/help/help.js';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import { COMMANDS } from '../../src/cli/table.js';
import { VARIABLES } from '../../src/settings/settings.js';
import { OLDEST_NODE, ONNXRUNTIME_VERSION, TESTED_MLFLOW, VERSION } from '../../src/version.js';
import { runCli, snapshot } from '../support/cli.js';
import { FIXTURES, ROOT } from '../support/paths.js';

const recorded = (name: string) => join(FIXTURES, 'cli', `${name}.txt`);

test('mlctl, help, -h and --help give the overview on stdout', () => {
  const expected = runCli(['--help']);
  assert.equal(expected.stdout, snapshot(recorded('help'), expected.stdout));
  assert.equal(expected.code, 0);
  for (const args of [[], ['help'], ['-h'], ['--no-color', '--help'], ['-q']]) {
    const answer = runCli(args);
    assert.deepEqual(answer, expected, args.join(' '));
    assert.equal(answer.stderr, '');
  }
});

for (const { name, sentence } of COMMANDS) {
  test(`help of ${name}`, () => {
    const answer = runCli([name, '--help']);
    assert.equal(answer.stdout, snapshot(recorded(`help-${name}`), answer.stdout));
    assert.equal(answer.stderr, '');
    assert.equal(answer.code, 0);
    assert.deepEqual(runCli(['help', name]), answer);
    assert.ok(answer.stdout.startsWith(sentence));
    for (const line of answer.stdout.split('\n'))
      assert.ok(line.length <= 80 || /^(?: {2}mlctl|Docs: http)|\| mlctl/.test(line), line);
  });

  test(`${name}: its examples parse, its facts are in the tables`, async () => {
    const command = await COMMANDS.find((row) => row.name === name)!.load();
    assert.equal(command.name, name);
    assert.ok(command.examples.length >= 2 && command.examples.length <= 4);
    assert.ok(exitsOf(command).includes(2));
    for (const variable of command.environment)
      assert.ok(
        VARIABLES.some((known) => known.name === variable),
        variable,
      );
    for (const { line } of command.examples) {
      const call = /(?:^|[ (])mlctl ([^|>)]*)/.exec(line)?.[1] ?? assert.fail(line);
      const argv = [...call.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare!,
      );
      const parsed = await parseCommandLine(argv);
      assert.equal(parsed.kind, 'run', line);
    }
  });
}

test('the version is the one of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  assert.equal(VERSION, version);
  for (const flag of ['--version', '-V'])
    assert.deepEqual(runCli([flag]), { stdout: `mlctl ${version}\n`, stderr: '', code: 0 });
  assert.deepEqual(runCli(['-q', '--version']), { stdout: `mlctl ${version}\n`, stderr: '', code: 0 });
  const document = JSON.parse(runCli(['version', '--json']).stdout) as Record<string, unknown>;
  assert.deepEqual([document.schema, document.ok, document.mlctl], ['mlctl.version/1', true, version]);
});

test('the oldest Node and the runtime are those of package.json, also where a page names them', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.equal(manifest.engines.node, `>=${OLDEST_NODE}`);
  assert.equal(manifest.dependencies['onnxruntime-node'], ONNXRUNTIME_VERSION);
  for (const page of ['README.md', join('docs', 'ci.md')]) {
    const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/Node (?:≥ )?(\d+\.[\d.]*\d)/g)];
    assert.deepEqual([...new Set(named.map(([, version]) => version))], [OLDEST_NODE], page);
  }
});

test('no secret can come from a configuration file', () => {
  for (const variable of VARIABLES) if (variable.secret) assert.equal(variable.config, null, variable.name);
  assert.equal(CONFIG_KEYS.size, new Set(CONFIG_KEYS.values()).size);
});

test('the MLflow that version names is the one that the tests install', () => {
  const script = readFileSync(join(ROOT, 'scripts', 'python-env.mjs'), 'utf8');
  const numbers = [...script.matchAll(/'mlflow==([\d.]+)'/g)].map(([, version]) => version!);
  const order = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
  assert.deepEqual([numbers.sort(order).at(0), numbers.sort(order).at(-1)], [...TESTED_MLFLOW]);
});
