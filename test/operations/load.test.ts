// `load` opens what it loads: a model that cannot be run here is described and copied, but not called loaded; one that cannot be
// trusted is neither.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { loadModel } from '../../src/operations/load.js';
import { cliJson, runCli } from '../support/cli.js';
import { irisLikePackage } from '../support/packages.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const PYTHON_MODEL = `
import sys, logging
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
class Twice(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input * 2
mlflow.pyfunc.save_model(sys.argv[1], python_model=Twice(), input_example=pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0]}))
`;

test('a PythonModel: exit 7 with its lineage, exit 0 for a copy; predict and smoke refuse it in the same words', (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const cwd = scratch('mlctl-load-');
  const made = runPython(found.python, PYTHON_MODEL, [join(cwd, 'theirs')]);
  assert.equal(made.status, 0, made.stderr);
  cliJson(['log', 'theirs', '--register', 'twice'], { cwd });
  const uri = 'models:/twice/1';

  const plain = runCli(['load', uri], { cwd });
  assert.equal(plain.code, 7);
  assert.doesNotMatch(plain.stdout, /loaded/);
  assert.match(plain.stdout, /✔ fetched; its files match the digest in the registry/);
  assert.match(
    plain.stdout,
    /✖ mlctl cannot run it here: the model has the flavor python_function \(a PythonModel in python_model\.pkl\); mlctl can run onnx/,
  );
  assert.match(plain.stdout, /hint: run it in your own Python: mlctl predict --engine python/);

  // biome-ignore lint/suspicious/noExplicitAny: the document of load, and its error
  const refused = cliJson<Record<string, any>>(['load', uri], { cwd, expect: 7 });
  assert.deepEqual([refused['ok'], refused['engine'], refused['flavor']], [false, null, 'python_function']);
  assert.deepEqual(refused['error'], refused['cannot_run']);
  assert.deepEqual([refused['error'].code, refused['error'].exit_code], ['MODEL_UNSUPPORTED', 7]);
  assert.match(refused['lineage'].run_id, /^[0-9a-f]{32}$/);
  assert.equal(refused['signature'].inputs[0].name, 'a');

  const copied = runCli(['load', uri, '--to', 'copy'], { cwd });
  assert.equal(copied.code, 0, copied.stderr);
  assert.doesNotMatch(copied.stdout, /loaded/);
  assert.match(copied.stdout, /✔ copied; [\s\S]*! mlctl cannot run it here: /);
  assert.deepEqual(readdirSync(join(cwd, 'copy')).sort(), readdirSync(join(cwd, 'theirs')).sort());
  const again = cliJson(['load', uri, '--to', 'again'], { cwd });
  assert.ok(!('error' in again));
  assert.equal((again['cannot_run'] as { code: string }).code, 'MODEL_UNSUPPORTED');

  writeFileSync(join(cwd, 'rows.csv'), 'a\n1\n');
  const predicted = cliJson<typeof refused>(['predict', uri, '-i', 'rows.csv'], { cwd, expect: 7 });
  assert.deepEqual(predicted['error'], refused['error']);
  const smoked = cliJson<typeof refused>(['smoke', uri], { cwd, expect: 7 });
  assert.deepEqual(smoked['error'], refused['error']);
});

test('a model that runs is opened; one whose file is damaged is refused and not copied', async () => {
  const world = testWorld();
  await writeFolderAtomically(join(world.cwd, 'sound'), irisLikePackage());
  const sound = await loadModel(world, { uri: './sound' });
  assert.deepEqual([sound.engine, sound.cannot_run], ['onnxruntime', null]);

  const damaged = irisLikePackage({ payload: new TextEncoder().encode('no model') });
  await writeFolderAtomically(join(world.cwd, 'damaged'), damaged);
  await assert.rejects(loadModel(world, { uri: './damaged', to: 'copy' }), { code: 'MODEL_MALFORMED' });
  assert.ok(!existsSync(join(world.cwd, 'copy')));
});
