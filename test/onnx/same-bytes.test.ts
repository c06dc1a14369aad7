import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ColumnTransformer } from '../../src/estimators/compose/column-transformer.js';
import type { MinMaxScaler } from '../../src/estimators/preprocessing/min-max-scaler.js';
import type { Estimator } from '../../src/estimators/types.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { pipeline } from '../support/estimators.js';
import { nodeOf } from '../support/nodes.js';
import { ROOT } from '../support/paths.js';
import { CASES } from './pipelines.js';

const url = (...path: string[]) => JSON.stringify(pathToFileURL(join(ROOT, 'build', ...path)).href);

const PROGRAM = `
import { createHash } from 'node:crypto';
const { convertEstimator } = await import(${url('src', 'onnx', 'convert-estimator.js')});
const { CASES } = await import(${url('test', 'onnx', 'pipelines.js')});
console.log(CASES.map(({ estimator, inputs }) => createHash('sha256').update(convertEstimator(estimator, inputs)).digest('hex')).join());
`;

describe('a pipeline gives the same bytes', () => {
  const here = CASES.map(({ estimator, inputs }) =>
    createHash('sha256').update(convertEstimator(estimator, inputs)).digest('hex'),
  ).join();
  for (const major of ['20', '22', '24', '26'] as const) {
    test(`on Node ${major}`, (t) => {
      const found = nodeOf(major);
      if ('skip' in found) return t.skip(found.skip);
      const done = spawnSync(found.node, ['--input-type=module', '-e', PROGRAM], { encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
      assert.equal(done.stdout.trim(), here);
    });
  }

  test('a NaN is written with one bit pattern, whatever its own bits are', () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8000000000123n]).buffer);
    const { estimator, inputs } = CASES[1]!;
    const [step, model] = estimator.steps.map((one) => one.estimator) as [ColumnTransformer, Estimator];
    const [scaler, rest] = step.transformers_;
    const withNaN = (value: Float64Array) => {
      const transformer = { ...(scaler!.transformer as MinMaxScaler), min_: Float64Array.of(value[0]!, 0) };
      const made: ColumnTransformer = { ...step, transformers_: [{ ...scaler!, transformer }, rest!] };
      return convertEstimator(
        pipeline(
          inputs.map(({ name }) => name),
          made,
          model,
        ),
        inputs,
      );
    };
    assert.deepEqual(withNaN(odd), withNaN(Float64Array.of(Number.NaN)));
  });
});
