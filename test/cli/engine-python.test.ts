// `--engine python`: the flag and nothing else lets a model's own code run, it is said, and Ctrl-C leaves no process behind.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CONFIG_KEYS } from '../../src/cli/config-file.js';
import { pythonEngine } from '../../src/loader/python-engine.js';
import { SETTINGS } from '../../src/settings/settings.js';
import { misbehaving } from '../inference/python/python-models.js';
import { cleanEnvironment, cliJson, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const found = pythonOf('mlflow');
const python = 'python' in found ? found.python : '';
const options = { skip: 'skip' in found ? found.skip : false };

/** Leaves a file when its code runs. */
const LOG = `
import sys, logging, warnings
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
class Twice(mlflow.pyfunc.PythonModel):
    def __init__(self, marker):
        self.marker = marker
    def load_context(self, context):
        open(self.marker, 'w').close()
    def predict(self, context, model_input, params=None):
        return (model_input['a'] * 2).to_numpy()
mlflow.pyfunc.save_model(sys.argv[1], python_model=Twice(sys.argv[2]), input_example=pd.DataFrame({"a": [0.5, 1.0]}))
`;

test('a PythonModel is predicted, tested and loaded in Python for who says so, and for no one else', options, () => {
  const cwd = scratch('mlctl-engine-');
  const ran = join(cwd, 'ran');
  const made = runPython(python, LOG, [join(cwd, 'theirs'), ran]);
  assert.equal(made.status, 0, made.stderr);
  // MLflow tried it on its example.
  rmSync(ran);
  cliJson(['log', 'theirs', '--register', 'twice'], { cwd });
  writeFileSync(join(cwd, 'rows.csv'), 'a\n1\n2.5\n');
  const predict = ['predict', 'models:/twice/1', '-i', 'rows.csv'];

  // No variable and no file stands for the flag.
  const env = { MLCTL_ENGINE: 'python', MLFLOW_ENGINE: 'python', ENGINE: 'python', MLCTL_PYTHON: python };
  const refused = runCli(predict, { cwd, env });
  assert.equal(refused.code, 7, refused.stderr);
  assert.match(refused.stderr, /a PythonModel in python_model\.pkl/);
  assert.match(refused.stderr, /hint: run it in your own Python: mlctl predict --engine python/);
  assert.ok(!existsSync(ran));

  const done = runCli([...predict, '--engine', 'python', '--python', python], { cwd });
  assert.equal(done.code, 0, done.stderr);
  assert.equal(done.stdout, 'prediction\n2.0\n5.0\n');
  assert.match(done.stderr, /warning: the model runs in Python \(.*\): its own code may do there whatever you may do/);
  assert.ok(existsSync(ran));

  const smoked = cliJson<{ checks: { name: string; status: string; details: { engine?: string } }[] }>(
    ['smoke', 'models:/twice/1', '--engine', 'python', '--python', python],
    { cwd },
  );
  const of = (name: string) => smoked.checks.find((check) => check.name === name);
  assert.deepEqual([of('predict')?.status, of('output')?.status, of('guard')?.status], ['pass', 'pass', 'pass']);
  assert.equal(of('load')?.details.engine, 'python');
  const loaded = cliJson(['load', 'models:/twice/1', '--engine', 'python', '--python', python], { cwd });
  assert.deepEqual([loaded['engine'], loaded['cannot_run']], ['python', null]);

  const missing = cliJson<{ error: { code: string } }>([...predict, '--engine', 'python', '--python', './nowhere'], {
    cwd,
    expect: 7,
  });
  assert.equal(missing.error.code, 'RUNTIME_MISSING');
});

test('golden predictions that mlctl recorded hold in Python', options, () => {
  const cwd = scratch('mlctl-engine-golden-');
  cliJson(['train', '--register', 'iris'], { cwd });
  const smoked = cliJson<{ checks: { name: string; status: string }[] }>(
    ['smoke', 'models:/iris/1', '--engine', 'python', '--python', python],
    { cwd },
  );
  assert.equal(smoked.checks.find(({ name }) => name === 'golden')?.status, 'pass');
});

test('--python needs --engine, and --engine knows one word', () => {
  const cwd = scratch('mlctl-engine-usage-');
  assert.equal(runCli(['load', './m', '--engine', 'torch'], { cwd }).code, 2);
  assert.throws(() => pythonEngine(testWorld(), { python: 'python3' }), { code: 'USAGE' });
  for (const name of Object.keys(SETTINGS)) assert.doesNotMatch(name, /ENGINE|PYTHON/);
  for (const key of CONFIG_KEYS.keys()) assert.doesNotMatch(key, /engine|python/);
  writeFileSync(join(cwd, 'mlctl.config.json'), '{"engine": "python"}');
  const configured = runCli(['load', './m'], { cwd });
  assert.match(configured.stderr, /unknown key "engine"/);
});

/** How many processes that still run were given the mark. */
const marked = (mark: string): number =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  }).length;

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (condition()) return;
    await pause(100);
  }
  assert.fail(what);
}

for (const signal of ['SIGINT', 'SIGKILL'] as const)
  test(`after ${signal} no process of the model is left`, options, async (t) => {
    if (process.platform !== 'linux') return t.skip('processes are looked up in /proc');
    const cwd = scratch('mlctl-engine-signal-');
    const folder = await misbehaving();
    mkdirSync(join(cwd, 'tmp'));
    writeFileSync(join(cwd, 'rows.csv'), 'what\nfork and sleep\n');
    const mark = randomBytes(8).toString('hex');
    const args = ['predict', folder, '-i', 'rows.csv', '--engine', 'python', '--python', python];
    const mlctl: ChildProcess = spawn(process.execPath, [BIN, ...args], {
      cwd,
      env: cleanEnvironment({ LC_MARK: mark, TMPDIR: join(cwd, 'tmp') }),
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => mlctl.on('exit', resolve));
    // mlctl, the model and its child
    await until(() => marked(mark) === 3, 'the model did not start');
    mlctl.kill(signal);
    const code = await ended;
    if (signal === 'SIGINT') assert.equal(code, 130);
    await until(() => marked(mark) === 0, 'a process is left');
    if (signal === 'SIGINT') assert.deepEqual(readdirSync(join(cwd, 'tmp')), []);
  });

/** Answers what it is given for its params, as Python sees it. */
const LOG_PARAMS = `
import sys, logging, warnings, datetime
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
from mlflow.models import infer_signature
class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [repr(sorted((params or {}).items()))] * len(model_input)
rows = pd.DataFrame({"a": [0.5, 1.0]})
params = {"scale": 2.5, "count": 3, "word": "a", "flag": True, "list": [1.5, 2.5], "when": datetime.datetime(2020, 1, 2)}
mlflow.pyfunc.save_model(sys.argv[1], python_model=Echo(), signature=infer_signature(rows, ["x"], params))
loaded = mlflow.pyfunc.load_model(sys.argv[1])
given = {"scale": 5.0, "count": 9, "word": "\\u00e9 5", "flag": False, "list": [1.0, 0.25], "when": "2021-03-04T05:06:07.000008"}
print(loaded.predict(rows, params=given)[0])
print(loaded.predict(rows, params={"count": 4})[0])
print(loaded.predict(rows)[0])
`;

test('--param reaches a model in Python as its params, and what the signature refuses is refused', options, () => {
  const cwd = scratch('mlctl-engine-params-');
  const made = runPython(python, LOG_PARAMS, [join(cwd, 'echo')]);
  assert.equal(made.status, 0, made.stderr);
  const [all, one, none] = made.stdout.trim().split('\n');
  writeFileSync(join(cwd, 'rows.csv'), 'a\n1\n2\n');
  const predict = (...params: string[]) =>
    runCli(
      [
        'predict',
        'echo',
        '-i',
        'rows.csv',
        '--output-format',
        'ndjson',
        '--engine',
        'python',
        '--python',
        python,
      ].concat(params.flatMap((param) => ['--param', param])),
      { cwd },
    );
  const answers = (...params: string[]) => {
    const done = predict(...params);
    assert.equal(done.code, 0, done.stderr);
    const lines = done.stdout.trim().split('\n');
    return lines.map((line) => Object.values(JSON.parse(line) as object)[0]);
  };
  const given = ['scale=5', 'count=9', 'word=é 5', 'flag=false', 'list=[1,0.25]', 'when=2021-03-04T05:06:07.000008'];
  assert.deepEqual(answers(...given), [all, all]);
  assert.deepEqual(answers('count=4'), [one, one]);
  assert.deepEqual(answers(), [none, none]);
  for (const wrong of ['count=1.5', 'other=1', 'scale=much']) {
    const refused = predict(wrong);
    assert.equal(refused.code, 5, refused.stderr);
  }
});
