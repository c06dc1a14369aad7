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
  assert.match(model.compare(signature('z')).join(), /^the signature's output "z" is not in the graph$/);
  await model.close();
});

test('a flavor that cannot be run is refused with a hint; names such as __proto__ do no harm', async () => {
  const packageFolder = packageOf(identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]));
  const digest = await digestPackage(packageFolder);
  for (const flavor of [
    'sklearn',
    'xgboost',
    'lightgbm',
    'catboost',
    'keras',
    'python_function',
    'toString',
    '__proto__',
  ]) {
    if (runsHere(flavor)) continue;
    await assert.rejects(openPackage({ ...facts, packageFolder, digest, flavor, payload: 'model.onnx' }), (error) => {
      assert.ok(error instanceof MlctlError && error.code === 'MODEL_UNSUPPORTED' && error.exitCode === 7);
      assert.ok(error.message.includes(`the flavor ${flavor}; mlctl can run onnx, `), error.message);
      assert.match(error.hint ?? '', / where it was made, then: mlctl log model\.onnx$/);
      return true;
    });
  }
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
