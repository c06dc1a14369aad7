// `smoke --strict-package`: compares the facts that two files of a package state, so that a change to one of them is found.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageDisagreements } from '../../src/checks/package-disagreements.js';
import { readPackage } from '../../src/model/read-package.js';
import { irisPackage } from '../support/iris-package.js';
import { casesFolder } from '../support/paths.js';

test('a package as mlctl writes it agrees with itself; each file that is changed alone is told', async () => {
  const whole = await irisPackage();
  assert.deepEqual(await packageDisagreements(await readPackage(whole.folder)), []);
  const cases: [string, (text: string) => string, RegExp][] = [
    ['input_example.json', (text) => text.replace(/\d\.\d/, '9.9'), /rows of input_example\.json/],
    ['serving_input_example.json', (text) => text.replace('dataframe_split', 'dataframe_spilt'), /not a request/],
    ['requirements.txt', (text) => text.replace('onnx==', 'onnx=='.toUpperCase()), /the list of pip packages/],
    ['conda.yaml', (text) => text.replace('numpy==', 'numpyy=='), /the list of pip packages/],
    ['conda.yaml', (text) => text.replace(/python=3\.\d+/, 'python=3.1'), /Python version/],
    ['python_env.yaml', (text) => text.replace('-r requirements.txt', '-r requirement.txt'), /does not install/],
    ['python_env.yaml', (text) => text.replace(/python: 3\.\d+/, 'python: 3.1'), /Python version/],
    ['conda.yaml', () => '{', /conda\.yaml/],
    ['MLmodel', (text) => text.replace(/mlflow_version: \S+/, 'mlflow_version: 3.0.1'), /version of MLflow/],
    ['MLmodel', (text) => text.replace('loader_module: mlflow.onnx', 'loader_module: mlflow.onny'), /loader/],
    ['MLmodel', (text) => text.replace(/(python_function:[\s\S]*?\n +data: )\S+/, '$1other.onnx'), /the model file/],
    [
      'MLmodel',
      (text) => text.replace('virtualenv: python_env.yaml', 'virtualenv: python_env.yml'),
      /that file does not exist/,
    ],
  ];
  for (const [file, change, told] of cases) {
    const iris = await irisPackage();
    await iris.edit(file, change);
    const found = await packageDisagreements(await readPackage(iris.folder));
    assert.ok(found.length > 0, `${file} ${told}`);
    assert.match(found.join('\n'), told);
  }
});

test('a file that is not there, or is larger than what is kept, is compared with nothing', async () => {
  const pkg = await readPackage((await irisPackage()).folder);
  for (const gone of ['requirements.txt', 'conda.yaml', 'python_env.yaml', 'serving_input_example.json']) {
    const bytes = new Map([...pkg.digest.bytes].filter(([path]) => path !== gone));
    assert.deepEqual(await packageDisagreements({ ...pkg, digest: { ...pkg.digest, bytes } }), [], gone);
  }
});

test('an example may be the rows themselves, or a request, or be left out', async () => {
  const iris = await irisPackage();
  const rows = '[[1.5, 2.5]]';
  const told = async () => (await packageDisagreements(await readPackage(iris.folder))).join('\n');
  await iris.edit('serving_input_example.json', () => `{"inputs": ${rows}}`);
  await iris.edit('input_example.json', () => rows);
  assert.equal(await told(), '');
  await iris.edit('input_example.json', () => `{"inputs": ${rows}}`);
  assert.equal(await told(), '');
  await iris.edit('input_example.json', () => '[[1.5, 2.6]]');
  assert.match(await told(), /^the rows of input_example\.json differ from those of serving_input_example\.json$/);
  await iris.edit('serving_input_example.json', () => '[1]');
  assert.match(await told(), /^serving_input_example\.json is not a request with rows$/);
  // A file that is larger than what is kept is not compared.
  const pkg = await readPackage(iris.folder);
  const bytes = new Map([...pkg.digest.bytes].filter(([path]) => path !== 'input_example.json'));
  assert.deepEqual(await packageDisagreements({ ...pkg, digest: { ...pkg.digest, bytes } }), []);
});

test('packages that Python wrote agree with themselves', async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  const root = join(cases.folder, 'models');
  for (const name of readdirSync(root)) {
    const folder = join(root, name, 'model');
    if (existsSync(folder)) assert.deepEqual(await packageDisagreements(await readPackage(folder)), [], name);
  }
});
