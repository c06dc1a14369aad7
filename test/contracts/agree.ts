// The graph of an estimator answers as the estimator does, in the real runtime.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../../src/data/table.js';
import type { FeatureColumn } from '../../src/estimators/feature-column.js';
import { predict } from '../../src/estimators/trained/predict.js';
import type { Estimator } from '../../src/estimators/types.js';
import { openOnnx } from '../../src/inference/open-onnx.js';
import { digestPackage } from '../../src/model/digest-package.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { scanModel } from '../../src/onnx/scan.js';
import { scratch } from '../support/paths.js';

const folder = scratch();

/** Numbers to 1e-12 of their size, labels exactly but where two classes are that near to a tie. */
export async function agree(of: {
  readonly estimator: Estimator;
  readonly inputs: readonly FeatureColumn[];
  readonly table: Table;
}): Promise<void> {
  const bytes = convertEstimator(of.estimator, of.inputs);
  assert.deepEqual(scanModel(bytes), []);
  writeFileSync(join(folder, 'model.onnx'), bytes);
  const model = await openOnnx({
    packageFolder: folder,
    payload: 'model.onnx',
    digest: await digestPackage(folder),
    trusted: true,
    timeoutMs: null,
  });
  const found = await model.predict(of.table);
  await model.close();
  sameAnswer(found, predict(of.estimator, of.table), 1e-12);
}

/** `found` is `wanted`: column names and types, numbers within `bound` of their size, labels but for ties as near as that. */
export function sameAnswer(found: Table, wanted: Table, bound: number): void {
  assert.deepEqual(
    found.columns.map(({ name, type }) => [name, type]),
    wanted.columns.map(({ name, type }) => [name, type]),
  );
  const chances = new Map(wanted.columns.map(({ name, values }) => [name, values as ArrayLike<number>]));
  wanted.columns.forEach(({ name, type, values }, k) => {
    const own = found.columns[k]!.values;
    for (let row = 0; row < wanted.rows; row++) {
      const [a, b] = [own[row], values[row]];
      if (type === 'double' || type === 'float') {
        const [x, y] = [a as number, b as number];
        const near = Object.is(x, y) || Math.abs(x - y) <= bound * Math.max(Math.abs(y), 1e-3);
        assert.ok(near, `${name}, row ${row}: ${x}, ${y}`);
      } else if (a !== b) {
        const [x, y] = [a, b].map((label) => chances.get(`probability_${label}`)?.[row] ?? Number.NaN) as [
          number,
          number,
        ];
        assert.ok(Math.abs(x - y) <= bound, `${name}, row ${row}: ${String(a)}, ${String(b)}`);
      }
    }
  });
}
