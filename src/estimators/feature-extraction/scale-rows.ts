// Turns the rows of a sparse matrix into rows of length one (sklearn.preprocessing.normalize).
import type { Csr } from '../frame.js';

/** A row without entries, or whose length is zero, stays as it is. */
export function scaleRows(csr: Csr, norm: 'l1' | 'l2'): Csr {
  const data = csr.data.slice();
  // a square of float32 is rounded before it is added in float64
  const square = (x: number): number => (data instanceof Float32Array ? Math.fround(x * x) : x * x);
  for (let row = 0; row + 1 < csr.indptr.length; row++) {
    const [from, to] = [csr.indptr[row]!, csr.indptr[row + 1]!];
    let length = 0;
    for (let at = from; at < to; at++) length += norm === 'l1' ? Math.abs(data[at]!) : square(data[at]!);
    if (norm === 'l2') length = Math.sqrt(length);
    if (length !== 0) for (let at = from; at < to; at++) data[at] = data[at]! / length;
  }
  return { ...csr, data };
}
