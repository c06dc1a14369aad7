// Turns the rows of a sparse matrix into rows of length one (sklearn.preprocessing.normalize).
import type { Csr, Numbers } from '../frame.js';

export type Norm = 'l1' | 'l2' | 'max';

/** A row without entries, or whose length is zero, stays as it is. */
export function scaleRows(csr: Csr, norm: Norm): Csr {
  const data = csr.data.slice();
  for (let row = 0; row + 1 < csr.indptr.length; row++) {
    const [from, to] = [csr.indptr[row]!, csr.indptr[row + 1]!];
    const length = lengthOf(data, from, to, norm);
    if (length !== 0) for (let at = from; at < to; at++) data[at] = data[at]! / length;
  }
  return { ...csr, data };
}

export function lengthOf(values: Numbers, from: number, to: number, norm: Norm): number {
  let length = 0;
  switch (norm) {
    case 'l1':
      for (let at = from; at < to; at++) length += Math.abs(values[at]!);
      return length;
    case 'max':
      for (let at = from; at < to; at++) length = Math.max(length, Math.abs(values[at]!));
      return length;
    case 'l2': {
      // a square of float32 is rounded before it is added in float64
      const round = values instanceof Float32Array ? Math.fround : (x: number) => x;
      for (let at = from; at < to; at++) length += round(values[at]! * values[at]!);
      return Math.sqrt(length);
    }
  }
}
