// Turns columns into the number of the bin that each value falls in (sklearn.preprocessing.KBinsDiscretizer).
import type { Dtype, Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { lastNotAbove } from '../functions/interpolate.js';

export interface KBinsDiscretizer extends Fitted<'KBinsDiscretizer'> {
  readonly encode: 'onehot' | 'onehot-dense' | 'ordinal';
  /** [features][bins − 1]: the edges between bins. */
  readonly inner_edges: readonly Float64Array[];
  /** scikit-learn before 1.1 raised each number by a little, so that one right below an edge lay above it. */
  readonly raised: boolean;
  /** The parameter `dtype`; null: as the numbers come. */
  readonly output_dtype: Dtype | null;
}

export function transformKBinsDiscretizer(bins: KBinsDiscretizer, frame: Frame): Frame {
  const { encode, inner_edges, output_dtype, raised } = bins;
  const { rows } = frame;
  const width = widthOf(frame);
  const single = output_dtype === null ? isSingle(frame) : output_dtype === 'float32';
  const zeros = (count: number) => (single ? new Float32Array(count) : new Float64Array(count));
  const values = matrixOf(frame, 'k_bins_discretizer');
  // a parameter of float32 rounds the numbers first
  const numbers = single ? Float32Array.from(values) : values;
  const round = single ? Math.fround : (x: number) => x;
  const compared = raised ? numbers.map((x) => round(x + round(1e-8 + round(1e-5 * Math.abs(x))))) : numbers;
  const binOf = (i: number, j: number): number => lastNotAbove(compared[i * width + j]!, inner_edges[j]!) + 1;
  if (encode === 'ordinal') {
    const made = zeros(rows * width);
    for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) made[i * width + j] = binOf(i, j);
    return frameOfMatrix(rows, width, made);
  }
  const starts = new Int32Array(width + 1);
  inner_edges.forEach((edges, j) => {
    starts[j + 1] = starts[j]! + edges.length + 1;
  });
  const total = starts[width]!;
  if (encode === 'onehot-dense') {
    const made = zeros(rows * total);
    for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) made[i * total + starts[j]! + binOf(i, j)] = 1;
    return frameOfMatrix(rows, total, made);
  }
  const indptr = Int32Array.from({ length: rows + 1 }, (_, i) => i * width);
  const indices = new Int32Array(rows * width);
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) indices[i * width + j] = starts[j]! + binOf(i, j);
  return frameOfCsr(rows, { width: total, indptr, indices, data: zeros(rows * width).fill(1) });
}
