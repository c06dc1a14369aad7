// Fits a logistic regression to the numbers of a folder and prints how many milliseconds the fit took.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitLogisticRegression } from '../src/training/linear-model/logistic-regression.js';
import { finish } from '../src/work.js';

const [, , folder, rowCount, featureCount] = process.argv;
const rows = Number(rowCount);
const features = Number(featureCount);
const { buffer, byteOffset } = readFileSync(join(folder!, 'features'));
const all = new Float64Array(buffer, byteOffset, rows * features);
const file = readFileSync(join(folder!, 'target'));
const codes = new Int32Array(file.buffer, file.byteOffset, rows);
const columns = Array.from({ length: features }, (_, j) => ({
  kind: 'number' as const,
  name: `x${j}`,
  values: Float64Array.from({ length: rows }, (_, row) => all[row * features + j]!),
}));
const frame = { rows, columns } as unknown as Parameters<typeof fitLogisticRegression>[0];
const target = { role: 'classifier', classes: { type: 'long', values: [0, 1, 2] }, codes } as unknown as Parameters<typeof fitLogisticRegression>[1];
const start = process.hrtime.bigint();
finish(fitLogisticRegression(frame, target, { C: 1, max_iter: 100, tol: 1e-4, fit_intercept: true, class_weight: null }, (text) => console.error(text)));
console.log(Number(process.hrtime.bigint() - start) / 1e6);
