// Turns a matrix of numbers, dense or sparse, into the frame that the next step takes.
import { columnsOf } from './cells.js';
import type { Csr, Frame, FrameColumn, NumberColumn, Numbers } from './frame.js';

type NameOf = (place: number) => string;

const numbered: NameOf = (place) => `x${place}`;

/** `values` is row-major, rows × width. Nobody writes to it afterwards. */
export function frameOfMatrix(rows: number, width: number, values: Numbers, nameOf = numbered): Frame {
  const make = values instanceof Float32Array ? Float32Array : Float64Array;
  return lazy(rows, { dense: { width, values } }, () =>
    Array.from({ length: columnsOf(rows, width, 'a matrix') }, (_, j): NumberColumn => {
      const made = new make(rows);
      for (let i = 0, at = j; i < rows; i++, at += width) made[i] = values[at]!;
      return { kind: 'number', name: nameOf(j), values: made };
    }),
  );
}

export function frameOfCsr(rows: number, csr: Csr, nameOf = numbered): Frame {
  const make = csr.data instanceof Float32Array ? Float32Array : Float64Array;
  return lazy(rows, { sparse: csr }, () => {
    const columns = Array.from({ length: columnsOf(rows, csr.width, 'a sparse matrix') }, (_, j): NumberColumn => {
      return { kind: 'number', name: nameOf(j), values: new make(rows) };
    });
    for (let i = 0; i < rows; i++)
      for (let at = csr.indptr[i]!; at < csr.indptr[i + 1]!; at++)
        columns[csr.indices[at]!]!.values[i]! += csr.data[at]!;
    return columns;
  });
}

/** The columns are made when they are asked for. */
function lazy(rows: number, known: Pick<Frame, 'dense' | 'sparse'>, make: () => FrameColumn[]): Frame {
  let columns: FrameColumn[] | undefined;
  return {
    rows,
    ...known,
    get columns() {
      columns ??= make();
      return columns;
    },
  };
}

/** The numbers of a frame as a sparse matrix. Entries of dense columns that are zero are left out, as scipy leaves them out. */
export function csrOf(rows: number, width: number, values: Numbers): Csr {
  const indptr = new Int32Array(rows + 1);
  let count = 0;
  for (const value of values) if (value !== 0) count++;
  const indices = new Int32Array(count);
  const data = values instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      const value = values[i * width + j]!;
      if (value === 0) continue;
      indices[at] = j;
      data[at++] = value;
    }
    indptr[i + 1] = at;
  }
  return { width, indptr, indices, data };
}
