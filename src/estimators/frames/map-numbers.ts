// Turns each number of a frame into another one, by the place of its column and in the precision of the frame.
import { columnsOf } from '../cells.js';
import {
  allFinite,
  type Frame,
  type FrameColumn,
  type Missing,
  type Numbers,
  numericColumns,
  refuseNotFinite,
} from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';

type Change = (x: number) => number;

interface Rule {
  readonly step: string;
  readonly missing: Missing;
  /** Zero becomes zero, so that a sparse matrix stays sparse. */
  readonly keepsZero: boolean;
  /** `single`: the numbers are float32, and what is made of them is rounded to it. */
  readonly changeOf: (place: number, single: boolean) => Change;
}

export function mapNumbers(frame: Frame, { step, missing, keepsZero, changeOf }: Rule): Frame {
  const { rows, dense, sparse } = frame;
  if (dense && allFinite(dense.values, missing)) {
    const { width, values } = dense;
    const changes = changesOf(columnsOf(rows, width, step), values, changeOf);
    const made = values.slice();
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < width; j++, at++) made[at] = changes[j]!(values[at]!);
    return frameOfMatrix(rows, width, made);
  }
  if (sparse && keepsZero && allFinite(sparse.data, missing)) {
    const { width, indices, data } = sparse;
    const changes = changesOf(columnsOf(1, width, step), data, changeOf);
    return frameOfCsr(rows, { ...sparse, data: data.map((x, at) => changes[indices[at]!]!(x)) });
  }
  const columns = numericColumns(frame, step);
  refuseNotFinite(columns, step, missing);
  return {
    rows,
    columns: columns.map((column, j): FrameColumn => {
      const change = changeOf(j, column.values instanceof Float32Array);
      return { ...column, values: column.values.map((x) => change(x)) };
    }),
  };
}

const changesOf = (width: number, values: Numbers, changeOf: Rule['changeOf']): Change[] =>
  Array.from({ length: width }, (_, j) => changeOf(j, values instanceof Float32Array));
