// Small packages for tests: the two-column classifier of fixtures/model with its signature, example and golden predictions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../../src/data/table.js';
import type { FolderFile } from '../../src/files/write-folder-atomically.js';
import { buildPackage, type PackageFacts } from '../../src/model/build-package.js';
import { goldenOf } from '../../src/model/golden.js';
import type { ColumnSpec, ScalarName, Signature } from '../../src/schema/types.js';
import { FIXTURES } from './paths.js';

const column = (name: string, scalar: ScalarName): ColumnSpec => ({
  name,
  type: { kind: 'scalar', scalar },
  required: true,
});

export const IRIS_LIKE = join(FIXTURES, 'model', 'iris-like.onnx');
export const SIGNATURE: Signature = {
  inputs: { kind: 'columns', columns: [column('a', 'double'), column('b', 'double')] },
  outputs: {
    kind: 'columns',
    columns: [column('label', 'long'), column('probability_0', 'double'), column('probability_1', 'double')],
  },
  params: null,
};
export const EXAMPLE: Table = {
  rows: 3,
  columns: [
    { name: 'a', type: 'double', values: Float64Array.of(1, 2.5, 0) },
    { name: 'b', type: 'double', values: Float64Array.of(0, 3, 0.25) },
  ],
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
export const ANSWER: Table = {
  rows: 3,
  columns: [
    { name: 'label', type: 'long', values: BigInt64Array.of(1n, 0n, 0n) },
    {
      name: 'probability_0',
      type: 'double',
      values: Float64Array.of(1 - sigmoid(1), 1 - sigmoid(-0.5), 1 - sigmoid(-0.25)),
    },
    { name: 'probability_1', type: 'double', values: Float64Array.of(sigmoid(1), sigmoid(-0.5), sigmoid(-0.25)) },
  ],
};

export function irisLikePackage(facts: Partial<PackageFacts> = {}): Map<string, FolderFile> {
  return buildPackage({
    payload: new Uint8Array(readFileSync(IRIS_LIKE)),
    signature: SIGNATURE,
    inputExample: { kind: 'dataframe', table: EXAMPLE },
    golden: goldenOf(ANSWER),
    runId: null,
    modelId: null,
    uuid: '0'.repeat(32),
    artifactPath: null,
    createdAt: Date.UTC(2026, 10, 23, 11, 1, 32, 222),
    mlctlVersion: '0.1.0',
    ...facts,
  });
}
