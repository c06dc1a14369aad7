// The recorded packages of Python's libraries: each is written as ONNX with the model's own answers, or refused by name.
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { convertToOnnx } from '../../src/operations/convert.js';
import { casesFolder, FIXTURES, scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

interface Count {
  converted: number;
  refused: number;
  largest: number;
  /** What was neither. */
  readonly odd: string[];
}

async function convertAll(root: string): Promise<Count> {
  const count: Count = { converted: 0, refused: 0, largest: 0, odd: [] };
  const world = testWorld({ cwd: scratch() });
  for (const name of readdirSync(root).sort()) {
    const uri = join(root, name, 'model');
    if (!existsSync(join(uri, 'MLmodel'))) continue;
    try {
      const { verification } = await convertToOnnx(world, { uri, out: 'out', dryRun: true });
      count.converted++;
      count.largest = Math.max(count.largest, verification.largest_difference);
    } catch (error) {
      if (!(error instanceof MlctlError)) throw error;
      if (error.code === 'MODEL_UNSUPPORTED' && error.hint) count.refused++;
      else count.odd.push(`${name}: ${error.code}: ${error.message}`);
    }
  }
  return count;
}

/** The fixtures were saved without a signature: an array of numbers, as MLflow would infer it. */
const SIGNATURE = `signature:
  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, -1]}}]'
  outputs: null
  params: null
`;

test('the boosters of the fixtures, on random rows', async () => {
  const root = scratch();
  cpSync(join(FIXTURES, 'boosters', 'cases'), root, { recursive: true });
  for (const name of readdirSync(root)) appendFileSync(join(root, name, 'model', 'MLmodel'), SIGNATURE);
  const { converted, odd, largest } = await convertAll(root);
  assert.ok(converted >= 8, `${converted} converted`);
  assert.ok(largest <= 1e-6, `${largest}`);
  assert.deepEqual(odd, []);
});

describe('the large recorded cases', () => {
  const cases = casesFolder();
  const skip = 'skip' in cases ? cases.skip : false;
  const root = 'skip' in cases ? '' : cases.folder;

  test('models', { skip }, async () => {
    const { converted, odd, largest } = await convertAll(join(root, 'models'));
    assert.ok(converted >= 90, `${converted} converted`);
    assert.ok(largest <= 1e-6, `${largest}`);
    assert.deepEqual(
      odd.filter((line) => !line.includes('an ONNX model already')),
      [],
    );
  });

  test('models-wide', { skip }, async () => {
    const { converted, odd, largest } = await convertAll(join(root, 'models-wide'));
    assert.ok(converted >= 375, `${converted} converted`);
    assert.ok(largest <= 1e-6, `${largest}`);
    // in float32 a graph of float64 is as far away as Python rounds
    assert.deepEqual(
      odd.filter((line) => !/^sk-StandardScaler-03: CONVERSION_DIFFERS/.test(line)),
      [],
    );
  });
});
