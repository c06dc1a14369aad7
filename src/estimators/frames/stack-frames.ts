// Turns frames of the same rows into one, side by side, as numpy.hstack and scipy.sparse.hstack do.
import { columnsOf } from '../cells.js';
import { type Csr, type Frame, type FrameColumn, inOnePrecision, matrixOf, widthOf } from '../frame.js';
import { csrOf, frameOfCsr } from '../frame-of-matrix.js';

interface Named {
  readonly frame: Frame;
  /** What stands in front of the names of its columns. */
  readonly prefix: string;
}

/** `sparse`: as one sparse matrix, which text cannot be in. */
export function stackFrames(rows: number, parts: readonly Named[], step: string, sparse: boolean): Frame {
  if (sparse)
    return frameOfCsr(
      rows,
      stackCsr(
        rows,
        parts.map(({ frame }) => frame.sparse ?? csrOf(rows, widthOf(frame), matrixOf(frame, step, 'any'))),
      ),
    );
  columnsOf(
    rows,
    parts.reduce((sum, { frame }) => sum + widthOf(frame), 0),
    step,
  );
  const columns = parts.flatMap(({ frame, prefix }) =>
    prefix === '' ? frame.columns : frame.columns.map((one): FrameColumn => ({ ...one, name: `${prefix}${one.name}` })),
  );
  return { rows, columns: inOnePrecision(columns) };
}

function stackCsr(rows: number, parts: readonly Csr[]): Csr {
  const count = parts.reduce((sum, { data }) => sum + data.length, 0);
  const single = parts.every(({ data }) => data instanceof Float32Array);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(count);
  const data = single ? new Float32Array(count) : new Float64Array(count);
  let to = 0;
  for (let i = 0; i < rows; i++) {
    let left = 0;
    for (const part of parts) {
      for (let at = part.indptr[i]!; at < part.indptr[i + 1]!; at++) {
        indices[to] = left + part.indices[at]!;
        data[to++] = part.data[at]!;
      }
      left += part.width;
    }
    indptr[i + 1] = to;
  }
  return { width: parts.reduce((sum, { width }) => sum + width, 0), indptr, indices, data };
}
