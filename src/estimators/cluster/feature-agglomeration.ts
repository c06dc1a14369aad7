// Turns features into one value for each group of them (sklearn.cluster.FeatureAgglomeration).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { median } from '../median.js';
import { stepName } from '../step-name.js';

export interface FeatureAgglomeration extends Fitted<'FeatureAgglomeration'> {
  /** The places of the features of each group. */
  readonly groups: readonly (readonly number[])[];
  readonly pooling_func: 'mean' | 'max' | 'min' | 'median' | 'sum';
}

export function transformFeatureAgglomeration(
  { kind, groups, pooling_func }: FeatureAgglomeration,
  frame: Frame,
): Frame {
  const matrix = matrixOf(frame, stepName(kind));
  const width = widthOf(frame);
  const pool = POOLS[pooling_func];
  const values = new Float64Array(frame.rows * groups.length);
  for (let i = 0; i < frame.rows; i++)
    for (const [k, group] of groups.entries())
      values[i * groups.length + k] = pool(group.map((j) => matrix[i * width + j]!));
  return frameOfMatrix(frame.rows, groups.length, values);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const POOLS: Readonly<Record<FeatureAgglomeration['pooling_func'], (values: readonly number[]) => number>> = {
  mean: (values) => sum(values) / values.length,
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  sum,
  median: (values) => median(values.toSorted((a, b) => a - b)),
};
