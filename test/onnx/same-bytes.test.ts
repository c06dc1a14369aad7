import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { convertPipeline } from '../../src/onnx/convert-pipeline.js';
import { nodeOf } from '../support/nodes.js';
import { ROOT } from '../support/paths.js';
import { CASES } from './pipelines.js';

const url = (...path: string[]) => JSON.stringify(pathToFileURL(join(ROOT, 'build', ...path)).href);

const PROGRAM = `
import { createHash } from 'node:crypto';
const { convertPipeline } = await import(${url('src', 'onnx', 'convert-pipeline.js')});
const { CASES } = await import(${url('test', 'onnx', 'pipelines.js')});
console.log(CASES.map(({ pipeline }) => createHash('sha256').update(convertPipeline(pipeline)).digest('hex')).join());
`;

describe('a pipeline gives the same bytes', () => {
  const here = CASES.map(({ pipeline }) => createHash('sha256').update(convertPipeline(pipeline)).digest('hex')).join();
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
    const { pipeline } = CASES[1]!;
    const step = pipeline.steps[0]!;
    const withNaN = (value: Float64Array) =>
      convertPipeline({ ...pipeline, steps: [{ ...step, min: Float64Array.of(value[0]!, 0) } as never] });
    assert.deepEqual(withNaN(odd), withNaN(Float64Array.of(Number.NaN)));
  });
});
