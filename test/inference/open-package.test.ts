// The table of flavors: one that runs is opened, any other is refused with its name and the next thing to type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { openPackage, runsHere } from '../../src/inference/open-package.js';
import { digestPackage } from '../../src/model/digest-package.js';
import { flavorOf } from '../../src/model/flavors.js';
import type { MlModel } from '../../src/model/types.js';
import { DOUBLE, identity, packageOf, value } from './models.js';

const facts = { trusted: true, timeoutMs: null, model: { flavors: new Map(), signature: null } } as const;

test('an ONNX package is opened; its facts and its differences are those of the graph', async () => {
  const packageFolder = packageOf(identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]));
  const digest = await digestPackage(packageFolder);
  const model = await openPackage({ ...facts, packageFolder, digest, flavor: 'onnx', payload: 'model.onnx' });
  assert.equal(model.engine, 'onnxruntime');
  assert.deepEqual(model.details['inputs'], [{ name: 'x', element_type: 'float64', shape: [-1] }]);
  const column = (name: string) => ({ name, type: { kind: 'scalar', scalar: 'double' }, required: true }) as const;
  const signature = (output: string) => ({
    inputs: { kind: 'columns' as const, columns: [column('x')] },
    outputs: { kind: 'columns' as const, columns: [column(output)] },
    params: null,
  });
  assert.deepEqual(model.compare(signature('y')), []);
  assert.match(model.compare(signature('z'))?.join() ?? '', /^the signature's output "z" is not in the graph$/);
  await model.close();
});

test('a flavor that cannot be run is refused with what it is, where it is, and the way on', async () => {
  const packageFolder = packageOf(identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]));
  const digest = await digestPackage(packageFolder);
  const refused = async (flavor: string, payload: string | null, loader?: string) => {
    assert.ok(!runsHere(flavor));
    const python = new Map(loader === undefined ? [] : [['loader_module', loader]]);
    const model = { flavors: new Map([['python_function', python]]), signature: null };
    const error = await openPackage({ ...facts, packageFolder, digest, flavor, payload, model }).catch(
      (thrown) => thrown,
    );
    assert.ok(error instanceof MlctlError && error.code === 'MODEL_UNSUPPORTED' && error.exitCode === 7, String(error));
    return `${error.message} | ${error.hint}`;
  };
  const runs = 'mlctl can run onnx, sklearn, xgboost, lightgbm, catboost';
  const inPython = 'run it in your own Python: mlctl predict --engine python';
  assert.equal(
    await refused('python_function', 'python_model.pkl', 'mlflow.pyfunc.model'),
    `the model has the flavor python_function (a PythonModel in python_model.pkl); ${runs} | ${inPython}`,
  );
  assert.equal(
    await refused('python_function', 'data', 'my_loader'),
    `the model has the flavor python_function (Python code that my_loader loads in data); ${runs} | ${inPython}`,
  );
  assert.equal(
    await refused('pytorch', 'data'),
    `the model has the flavor pytorch (a module of PyTorch in data); ${runs} | export it with torch.onnx.export, then: mlctl log model.onnx; or ${inPython}`,
  );
  assert.equal(
    await refused('prophet', 'model.pr'),
    `the model has the flavor prophet (a model of Prophet in model.pr); ${runs} | ${inPython}`,
  );
  for (const flavor of ['tensorflow', 'keras', 'spark', 'statsmodels', 'transformers'])
    assert.match(
      await refused(flavor, null),
      new RegExp(`the flavor ${flavor} \\(a \\w+ of .*mlctl predict --engine python$`),
    );
  // not in the table; names such as __proto__ do no harm
  for (const flavor of ['fastai', 'toString', '__proto__'])
    assert.match(await refused(flavor, null), /a model of that library.* convert it to ONNX where it was made, then: /);
  await assert.rejects(openPackage({ ...facts, packageFolder, digest, flavor: 'onnx', payload: null }), {
    code: 'PACKAGE_INVALID',
  });
});

test('of several flavors the one that runs is used, python_function only if there is no other', () => {
  const of = (...names: string[]) =>
    flavorOf({ flavors: new Map(names.map((name) => [name, new Map()])) } as unknown as MlModel);
  assert.equal(of('python_function', 'sklearn', 'onnx'), 'onnx');
  assert.equal(of('python_function', 'sklearn'), 'sklearn');
  assert.equal(of('python_function', 'keras'), 'keras');
  assert.equal(of('python_function'), 'python_function');
});
