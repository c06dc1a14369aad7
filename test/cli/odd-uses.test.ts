// Odd and legal uses of the program: places, names, encodings and settings that people and their tools really have.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DOUBLE, packageOf, value } from '../inference/models.js';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

interface Document {
  readonly [key: string]: unknown;
  readonly predictions: readonly Record<string, unknown>[];
  readonly checks: readonly { readonly name: string; readonly status: string }[];
}
const failed = ({ checks }: Document) => checks.filter(({ status }) => status === 'fail').map(({ name }) => name);

const CLASSES = ['yes, sir', 'no\nway'];
/** A BOM, CRLF, quoted commas and line ends, text with quotes, a missing cell, columns of hostile and foreign names. */
function oddData(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const colour = ['rot', 'grün', '"bl""au"', ''][(i * 7) % 4];
    return `${((i % 2) * 2 + Math.sin(i)).toFixed(5)},${Math.cos(i).toFixed(5)},${colour},"${CLASSES[i % 2]}"`;
  });
  return `\ufeff"größe, cm",__proto__,farbe,klasse\r\n${rows.join('\r\n')}\r\n`;
}
const ODD_RECIPE = `name: mein modell
experiment: "exp ü"
data: { source: däta.csv, target: klasse }
split: { test_size: 0.2, random_state: 1, stratify: true }
pipeline:
  - simple_imputer: { strategy: most_frequent, columns: [farbe] }
  - one_hot_encoder: { columns: [farbe] }
  - logistic_regression: { C: 1.0, max_iter: 300 }
`;

const PYFUNC = `
import sys, json, mlflow, pandas as pd
mlflow.set_tracking_uri("sqlite:///mlflow.db")
model = mlflow.pyfunc.load_model(sys.argv[1])
answer = model.predict(pd.read_json(sys.argv[2], lines=True, dtype=False))
print(json.dumps({c: [v.item() if hasattr(v, "item") else v for v in answer[c]] for c in answer.columns}))
`;

function pyfunc(python: string, uri: string, cwd: string): Record<string, unknown[]> {
  const done = runPython(python, PYFUNC, [uri, 'rows.ndjson'], { cwd });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}

test('a folder with spaces and umlauts; Python reads the odd names and classes the same', async (t) => {
  const cwd = join(scratch(), 'b ü', 'unter ordner');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'däta.csv'), oddData());
  writeFileSync(join(cwd, 'r.yaml'), ODD_RECIPE);
  // The data is relative to the recipe, the store to where one stands.
  const above = join(cwd, '..');
  cliJson(['train', 'unter ordner/r.yaml', '--register', '--out', 'aus gabe'], { cwd: above });
  assert.deepEqual(failed(cliJson<Document>(['smoke'], { cwd: above })), []);
  assert.deepEqual(failed(cliJson<Document>(['smoke', './aus gabe'], { cwd: above })), []);
  const rows = [
    { 'größe, cm': 0.5, ['__proto__']: 1.5, farbe: 'bl"au' },
    { 'größe, cm': 2.5, ['__proto__']: -1, farbe: 'grün' },
  ];
  writeFileSync(join(above, 'rows.ndjson'), rows.map((row) => JSON.stringify(row)).join('\n'));
  const { predictions } = cliJson<Document>(['predict', 'models:/mein modell/1', '-i', 'rows.ndjson'], { cwd: above });
  assert.deepEqual(Object.keys(predictions[0]!), ['label', 'probability_no\nway', 'probability_yes, sir']);
  // With pandas 3 text columns do not reach ONNX Runtime: the package asks for pandas < 3.
  const found = pythonOf('pandas2');
  if ('skip' in found) return t.skip(found.skip);
  const answer = pyfunc(found.python, 'models:/mein modell/1', above);
  for (const name of Object.keys(predictions[0]!))
    assert.deepEqual(
      answer[name],
      predictions.map((row) => row[name]),
      name,
    );
});

test('one feature column, two classes of text, one row to test on; Python agrees', async (t) => {
  const cwd = scratch();
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${((i % 2) + Math.sin(i) / 2).toFixed(4)},${['no', 'yes'][i % 2]}`,
  );
  writeFileSync(join(cwd, 'one.csv'), `x,cls\n${rows.join('\n')}\n`);
  const set = ['--set', 'split.stratify=false', '--set', 'split.test_size=1'];
  const { model_uri: uri } = cliJson(['train', '--data', 'one.csv', '--target', 'cls', ...set], { cwd });
  assert.deepEqual(failed(cliJson<Document>(['smoke'], { cwd })), []);
  writeFileSync(join(cwd, 'rows.ndjson'), '{"x": 0.1}\n{"x": 0.9}\n');
  const { predictions } = cliJson<Document>(['predict', '-i', 'rows.ndjson'], { cwd });
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const answer = pyfunc(found.python, String(uri), cwd);
  assert.deepEqual(
    answer.label,
    predictions.map((row) => row.label),
  );
});

test('an ONNX file with its weights beside it is logged with them, and answers from another folder', () => {
  const cwd = scratch();
  const graph = {
    input: [value('x', DOUBLE, ['N'])],
    output: [value('y', DOUBLE, ['N'])],
    node: [{ opType: 'Add', input: ['x', 'w'], output: ['y'] }],
    initializer: [
      {
        name: 'w',
        dataType: DOUBLE,
        dims: [1n],
        dataLocation: 1,
        externalData: [{ key: 'location', value: 'w.bin' }],
      },
    ],
  };
  mkdirSync(join(cwd, 'model'));
  writeFileSync(join(cwd, 'model', 'm.onnx'), readFileSync(join(packageOf(graph), 'model.onnx')));
  writeFileSync(join(cwd, 'model', 'w.bin'), new Uint8Array(Float64Array.of(2.5).buffer));
  // A decoy where the program runs: never read.
  writeFileSync(join(cwd, 'w.bin'), new Uint8Array(Float64Array.of(100).buffer));
  writeFileSync(join(cwd, 'x.csv'), 'x\n1\n2\n');
  cliJson(['log', 'model/m.onnx', '--input-example', 'x.csv'], { cwd });
  assert.deepEqual(failed(cliJson<Document>(['smoke'], { cwd })), []);
  const { predictions } = cliJson<Document>(['predict', '-i', 'x.csv'], { cwd });
  assert.deepEqual(
    predictions.map(({ y }) => y),
    [3.5, 4.5],
  );
});

test('settings are told as they would be used', () => {
  const cwd = scratch();
  const experiment = (args: readonly string[], env: Record<string, string> = {}) =>
    cliJson(['train', '--dry-run', ...args], { cwd, env }).experiment;
  assert.equal(experiment([]), '03-models-pyfunc');
  assert.equal(experiment([], { MLFLOW_EXPERIMENT_NAME: 'env' }), 'env');
  assert.equal(experiment(['--experiment', 'flag'], { MLFLOW_EXPERIMENT_NAME: 'env' }), 'flag');
  const smoked = cliJson<Document>(['smoke'], { cwd, env: { MODEL_URI: 'models:/x/1' }, expect: 3 });
  assert.equal(smoked.uri, 'models:/x/1');
  const { settings } = cliJson<{ settings: { name: string; value: string; source: string }[] }>(
    ['doctor', '--timeout', '7', '--schema', 'mlflow'],
    { cwd },
  );
  const told = (name: string) =>
    settings.filter((one) => one.name === name).map(({ value, source }) => [value, source])[0];
  assert.deepEqual(told('MLCTL_TIMEOUT'), ['7', '--timeout']);
  assert.deepEqual(told('MLCTL_SCHEMA'), ['mlflow', '--schema']);
});

test('data that is no text, or elsewhere, is refused by what it is', () => {
  const cwd = scratch();
  const refused = (name: string, bytes: Uint8Array | string | null, hint: RegExp) => {
    if (bytes !== null) writeFileSync(join(cwd, name), bytes);
    const { stdout, code } = runCli(['train', '--data', name, '--target', 'y', '--dry-run', '--json'], { cwd });
    const { error } = JSON.parse(stdout);
    assert.match(`${error.code} ${error.message} ${error.hint}`, hint);
    return code;
  };
  assert.equal(refused('nul.csv', 'x,y\n1,a\0b\n2,b\n', /^DATA_INVALID .*NUL character \(byte 7\)/), 5);
  assert.equal(refused('utf16.csv', Buffer.from('\ufeffx,y\n1,ä\n', 'utf16le'), /iconv -f utf-16 /), 5);
  assert.equal(refused('latin1.csv', Buffer.from('x,y\n1,ä\n', 'latin1'), /iconv -f windows-1252 /), 5);
  assert.equal(refused('ftp://host/key.csv', null, /^DATA_UNSUPPORTED .*ftp:\/\/host\/key\.csv/), 2);
});
