// What `mlctl __complete` answers: the words of the tables, names of the local store, and nothing where nobody should be asked.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { COMMANDS, TOPICS } from '../../../src/cli/table.js';
import { ERROR_CODES } from '../../../src/errors/codes.js';
import { type CliOptions, cliEnded, cliJson, runCli } from '../../support/cli.js';
import { scratch } from '../../support/paths.js';

const empty = scratch();
const folder = scratch();
let runId = '';

const askFor = (words: readonly string[]) => ['__complete', ...words.slice(0, -1), `=${words.at(-1)}`];

function answerOf({ stdout, stderr, code }: ReturnType<typeof runCli>): { head: string; values: string[] } {
  assert.deepEqual([code, stderr], [0, '']);
  const [head = '', ...rows] = stdout.trimEnd().split('\n');
  return { head, values: rows.map((row) => row.split('\t')[0]!) };
}

const asked = (words: readonly string[], options: CliOptions = { cwd: empty }) =>
  answerOf(runCli(askFor(words), options));

before(() => {
  runId = cliJson<{ run_id: string }>(['train', '--register'], { cwd: folder }).run_id;
  runCli(['train', '--register=my model'], { cwd: folder });
  cliJson(['promote', 'iris_clf/1', '--alias', 'champion', '--stage', 'Staging', '--no-smoke'], { cwd: folder });
});

test('commands, topics, choices and codes are those of the tables', () => {
  const commands = COMMANDS.map(({ name }) => name);
  const cases: [string[], string[]][] = [
    [[''], [...commands, 'help']],
    [
      ['help', ''],
      [...commands, ...TOPICS.map(({ name }) => name)],
    ],
    [['--offline', '--timeout', '3', 'pro'], ['promote']],
    [
      ['promote', 'a', '--stage', ''],
      ['Staging', 'Production', 'Archived'],
    ],
    [['promote', 'a', '--stage=Pr'], ['--stage=Production']],
    [
      ['predict', '--schema', ''],
      ['strict', 'mlflow'],
    ],
    [['predict', '--on-bad-row', 'sk'], ['skip']],
    [
      ['doctor', '--color', ''],
      ['auto', 'always', 'never'],
    ],
    [['predict', '-t', 'nd'], ['ndjson']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'pwsh'],
    ],
    [['explain', 'RUN_'], Object.keys(ERROR_CODES).filter((code) => code.startsWith('RUN_'))],
    [['completion', 'bash', ''], []],
    [['train', '--run-name', ''], []],
  ];
  for (const [words, values] of cases) assert.deepEqual(asked(words), { head: 'words', values }, words.join(' '));
});

test('only options that change something for the command are offered', () => {
  const offered = (command: string) => asked([command, '--']).values;
  const always = ['--json', '--quiet', '--verbose', '--color', '--no-color', '--help'];
  for (const command of ['version', 'completion', 'explain']) assert.deepEqual(offered(command), always, command);
  assert.deepEqual(
    ['--timeout', '--schema', '--experiment', '--registry-uri'].filter((one) => offered('models').includes(one)),
    ['--timeout', '--registry-uri'],
  );
  for (const one of ['--schema', '--experiment', '--tracking-uri']) assert.ok(offered('smoke').includes(one), one);
  assert.ok(asked(['predict', '-']).values.includes('-i'));
  assert.deepEqual(asked(['predict', '--', '--in']).values, []);
});

test('files are left to the shell', () => {
  for (const words of [
    ['train', ''],
    ['predict', '-i', ''],
    ['load', '--to', 'x'],
    ['load', './m'],
    ['log', '--signature='],
  ])
    assert.deepEqual(asked(words), { head: 'files', values: [] }, words.join(' '));
});

test('models, versions, aliases, stages, runs and experiments are those of the store', () => {
  const at = (...words: string[]) => asked(words, { cwd: folder }).values;
  assert.deepEqual(asked(['load', ''], { cwd: folder }), { head: 'files open', values: ['models:/', 'runs:/'] });
  assert.deepEqual(at('load', 'models:/').sort(), ['models:/iris_clf/', 'models:/iris_clf@', 'models:/my model/']);
  const iris = ['/1', '/Staging', '/latest', '@champion'].map((ending) => `models:/iris_clf${ending}`);
  assert.deepEqual(at('smoke', 'models:/ir').sort(), iris);
  assert.deepEqual(at('predict', '-m', 'models:/iris_clf@'), ['models:/iris_clf@champion']);
  assert.ok(at('load', 'runs:/').includes(`runs:/${runId}/model`));
  assert.deepEqual(at('runs', runId.slice(0, 6)), [runId]);
  assert.deepEqual(at('log', 'm.onnx', '--run-id', runId.slice(0, 6)), [runId]);
  assert.deepEqual(at('models', '').sort(), ['iris_clf', 'my model']);
  assert.deepEqual(at('promote', 'iris_clf/'), ['iris_clf/1']);
  assert.deepEqual(at('rollback', 'iris_clf', '--to', ''), ['1']);
  assert.deepEqual(at('rollback', 'iris_clf', '--alias', ''), ['champion']);
  assert.deepEqual(at('rollback', 'my model', '--alias', ''), []);
  assert.deepEqual(at('smoke', '--experiment', ''), ['03-models-pyfunc']);
  const elsewhere = ['--tracking-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
  assert.deepEqual(asked([...elsewhere, 'models', 'ir']).values, ['iris_clf']);
});

test('nothing is made and nothing is changed', () => {
  for (const words of [
    ['load', 'models:/'],
    ['runs', ''],
    ['models', ''],
    ['promote', 'a', '--alias', ''],
  ])
    asked(words);
  assert.deepEqual(readdirSync(empty), []);
  const names = readdirSync(folder);
  const bytes = readFileSync(join(folder, 'mlflow.db'));
  asked(['load', 'models:/'], { cwd: folder });
  assert.deepEqual(readdirSync(folder), names);
  assert.ok(readFileSync(join(folder, 'mlflow.db')).equals(bytes));
});

test('a wrong setting, a broken store and a server that does not answer give no names, and soon', async () => {
  assert.deepEqual(asked(['models', ''], { cwd: folder, env: { MLCTL_SCHEMA: 'loose' } }).values, []);
  const broken = scratch();
  writeFileSync(join(broken, 'mlflow.db'), 'not a database');
  assert.deepEqual(asked(['models', ''], { cwd: broken }).values, []);
  let requests = 0;
  const server = createServer(() => {
    requests += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const foreign = scratch();
    writeFileSync(join(foreign, 'mlctl.config.json'), JSON.stringify({ tracking_uri: uri }));
    const ask = askFor(['models', '']);
    assert.deepEqual(answerOf(await cliEnded(ask, { cwd: foreign })).values, []);
    assert.deepEqual(
      answerOf(
        await cliEnded([...ask.slice(0, 1), '--offline', ...ask.slice(1)], {
          cwd: empty,
          env: { MLFLOW_TRACKING_URI: uri },
        }),
      ).values,
      [],
    );
    assert.equal(requests, 0, 'a server was asked that nobody may ask');
    const began = Date.now();
    const late = await cliEnded(ask, { cwd: empty, env: { MLFLOW_TRACKING_URI: uri } });
    assert.deepEqual(answerOf(late), { head: 'words', values: [] });
    assert.ok(requests > 0);
    // A second of patience, and the start and end of a process on a busy machine.
    assert.ok(Date.now() - began < 10_000);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  assert.ok(!existsSync(join(empty, 'mlflow.db')));
});
