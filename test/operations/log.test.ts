import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { parseGolden } from '../../src/model/golden.js';
import { readPackage } from '../../src/model/read-package.js';
import { loadModel } from '../../src/operations/load.js';
import { logExisting } from '../../src/operations/log.js';
import { listRuns } from '../../src/operations/runs.js';
import { IRIS_LIKE, irisLikePackage, SIGNATURE } from '../support/packages.js';
import { pythonOf, runPython } from '../support/python.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const code = (wanted: string, message?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  if (message) assert.match(error.message, message);
  return true;
};

function worldWithModel(): TestWorld {
  const world = testWorld();
  copyFileSync(IRIS_LIKE, join(world.cwd, 'model v1.onnx'));
  writeFileSync(join(world.cwd, 'rows.csv'), 'a,b\n1.0,0.0\n2.5,3.0\n');
  writeFileSync(
    join(world.cwd, 'sig.json'),
    '{\n\t"inputs": [{"type": "double", "name": "a", "required": true}, {"type": "double", "name": "b", "required": true}],\n\t"outputs": [{"type": "long", "name": "label", "required": true}, {"type": "double", "name": "probability_0", "required": true}, {"type": "double", "name": "probability_1", "required": true}]\n}',
  );
  return world;
}

test('a lone .onnx file: signature from graph and example, predictions recorded', async () => {
  const world = worldWithModel();
  for (const [name, text] of [
    ['records.json', '[{"a": 1.0, "b": 0.0}, {"a": 2.5, "b": 3.0}]'],
    ['split.json', '{"columns": ["a", "b"], "data": [[1.0, 0.0], [2.5, 3.0]]}'],
    ['body.json', '{"dataframe_split": {"columns": ["a", "b"], "data": [[1.0, 0.0], [2.5, 3.0]]}}'],
  ] as const)
    writeFileSync(join(world.cwd, name), text);
  const digests = new Set<string>();
  for (const inputExample of ['rows.csv', 'records.json', 'split.json', 'body.json']) {
    const done = await logExisting(world, {
      path: 'model v1.onnx',
      inputExample,
      metrics: new Map([['acc', 1]]),
      params: new Map([['p', '1']]),
      artifacts: ['sig.json'],
    });
    const pkg = await readPackage(done.path ?? '');
    assert.deepEqual(pkg.model.signature, SIGNATURE, inputExample);
    const golden = parseGolden(readFileSync(join(done.path ?? '', 'golden_predictions.json'), 'utf8'));
    assert.deepEqual(golden.predictions.label, [1, 0]);
    assert.equal(golden.predictions.probability_1?.[0], 1 / (1 + Math.exp(-1)));
    digests.add(readFileSync(join(done.path ?? '', 'input_example.json'), 'utf8'));
    assert.equal((await loadModel(world, { uri: done.model_uri ?? '' })).verified, 'run');
  }
  assert.deepEqual([...digests], ['{"columns": ["a", "b"], "data": [[1.0, 0.0], [2.5, 3.0]]}']);
  assert.equal((await listRuns(world, {})).runs[0]?.metrics.acc, 1);
});

test('signature files, no signature, and disagreements', async () => {
  const world = worldWithModel();
  await assert.rejects(logExisting(world, { path: 'model v1.onnx' }), code('SIGNATURE_MISSING'));
  const done = await logExisting(world, { path: 'model v1.onnx', signature: 'sig.json' });
  assert.deepEqual((await readPackage(done.path ?? '')).model.signature, SIGNATURE);
  const again = await logExisting(world, {
    path: 'model v1.onnx',
    signature: join(done.path ?? '', 'MLmodel'),
    inputExample: 'rows.csv',
  });
  assert.deepEqual(again.signature, done.signature);
  const bare = await logExisting(world, { path: 'model v1.onnx', noSignature: true });
  assert.equal(bare.signature, null);
  writeFileSync(join(world.cwd, 'bad.csv'), 'a,c\n1,2\n');
  await assert.rejects(
    logExisting(world, { path: 'model v1.onnx', inputExample: 'bad.csv', signature: 'sig.json' }),
    code('SCHEMA_VIOLATION'),
  );
  writeFileSync(join(world.cwd, 'wrong.json'), '{"inputs": [{"type": "double", "name": "x", "required": true}]}');
  await assert.rejects(
    logExisting(world, { path: 'model v1.onnx', signature: 'wrong.json' }),
    code('SIGNATURE_INVALID', /"a" is not in the signature/),
  );
  writeFileSync(join(world.cwd, 'empty.json'), '[]');
  await assert.rejects(
    logExisting(world, { path: 'model v1.onnx', signature: 'empty.json' }),
    code('SIGNATURE_INVALID'),
  );
  for (const [request, wanted] of [
    [{ path: 'none.onnx' }, 'FILE_NOT_FOUND'],
    [{ path: 'rows.csv' }, 'USAGE'],
    [{ path: 'model v1.onnx', inputExample: 'none' }, 'FILE_NOT_FOUND'],
    [{ path: 'model v1.onnx', noSignature: true, register: 'a/b' }, 'NAME_INVALID'],
    [{ path: 'model v1.onnx', noSignature: true, artifacts: ['none'] }, 'FILE_NOT_FOUND'],
  ] as const)
    await assert.rejects(logExisting(world, request), code(wanted), JSON.stringify(request));
  assert.deepEqual(
    [...new Set((await listRuns(world, {})).runs.map((run) => run.status))],
    ['FINISHED'],
    'what is refused before logging leaves no run',
  );
});

test('a hostile or broken .onnx file is refused before anything runs or is logged', async () => {
  const world = worldWithModel();
  writeFileSync(join(world.cwd, 'junk.onnx'), 'not a model');
  await assert.rejects(
    logExisting(world, { path: 'junk.onnx', noSignature: true }),
    (error) => error instanceof MlctlError && error.exitCode === 7,
  );
  // Not even a store was made.
  await assert.rejects(loadModel(world, {}), code('STORE_NOT_FOUND'));
});

test('a package folder keeps its files, gets new ids and the predictions it lacked', async (t) => {
  const world = testWorld();
  const folder = join(world.cwd, 'pkg');
  await writeFolderAtomically(folder, irisLikePackage({ golden: null, runId: 'old', modelId: `m-${'1'.repeat(32)}` }));
  mkdirSync(join(folder, 'notes'));
  writeFileSync(join(folder, 'notes', 'readme.md'), 'hello');
  const before = readdirSync(folder).sort();
  const done = await logExisting(world, { path: './pkg', register: 'm', tags: new Map([['k', 'v']]) });
  assert.deepEqual(readdirSync(folder).sort(), before, 'the source is left as it was');
  const pkg = await readPackage(done.path ?? '');
  assert.equal(pkg.model.runId, done.run_id);
  assert.equal(pkg.model.modelId, done.model_id);
  assert.equal(readFileSync(join(done.path ?? '', 'notes', 'readme.md'), 'utf8'), 'hello');
  assert.deepEqual(
    parseGolden(readFileSync(join(done.path ?? '', 'golden_predictions.json'), 'utf8')).predictions.label,
    [1, 0, 0],
  );
  assert.deepEqual(done.registered, { name: 'm', version: 1 });
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  // A package that Python wrote: it runs here, so its predictions are recorded, and Python loads it again.
  const theirs = join(world.cwd, 'theirs');
  const made = runPython(
    found.python,
    'import sys,logging\nlogging.disable(logging.CRITICAL)\nimport mlflow,pandas as pd\nfrom sklearn.linear_model import LogisticRegression as L\nX=pd.DataFrame({"a":[0.0,1.0,2.0,3.0]})\nm=L().fit(X,[0,0,1,1])\nmlflow.sklearn.save_model(m,sys.argv[1],input_example=X,serialization_format="skops")',
    [theirs],
  );
  assert.equal(made.status, 0, made.stderr);
  const logged = await logExisting(world, { path: theirs });
  assert.doesNotMatch(world.notes.join(), /no predictions were recorded/);
  const back = runPython(
    found.python,
    'import sys,json,logging\nlogging.disable(logging.CRITICAL)\nimport mlflow\nm=mlflow.pyfunc.load_model(sys.argv[1])\nprint(json.dumps([m.metadata.run_id, m.metadata.model_id, m.predict(m.input_example).tolist()]))',
    [logged.model_uri ?? ''],
    { cwd: world.cwd },
  );
  assert.equal(back.status, 0, back.stderr);
  assert.deepEqual(JSON.parse(back.stdout.trim().split('\n').at(-1) ?? ''), [
    logged.run_id,
    logged.model_id,
    [0, 0, 1, 1],
  ]);
});

test('an input example given for a package replaces its own, and its predictions', async () => {
  const world = worldWithModel();
  const folder = join(world.cwd, 'pkg');
  await writeFolderAtomically(folder, irisLikePackage());
  const done = await logExisting(world, { path: 'pkg', inputExample: 'rows.csv' });
  assert.equal(
    parseGolden(readFileSync(join(done.path ?? '', 'golden_predictions.json'), 'utf8')).predictions.label?.length,
    2,
  );
  rmSync(join(folder, 'model.onnx'));
  await assert.rejects(logExisting(world, { path: 'pkg' }), code('PACKAGE_INVALID'));
});
