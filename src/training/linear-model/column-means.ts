// Turns a row-major matrix into the mean of each column, exact for a constant column, and the size of the deviations from the
// means.

const BLOCK = 512;

interface Centres {
  readonly means: Float64Array;
  /** The sum of the distances from the means: at least the greatest one, and of its order. Infinity if it exceeds float64. */
  readonly size: number;
}

/** The mean, then corrected by the mean of the deviations of each column, so that a constant is exact to the last bit. */
export function columnMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const first = around(matrix, rows, new Float64Array(columns)).means;
  const rest = around(matrix, rows, first);
  return { means: first.map((mean, j) => mean + rest.means[j]!), size: rest.size };
}

/** Zero for every mean, if no intercept is fitted. */
export function zeroMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const zero = new Float64Array(columns);
  return { means: zero, size: around(matrix, rows, zero).size };
}

/** Sums are computed over blocks of rows, so that rounding errors grow with the blocks and not with the rows. */
function around(matrix: Float64Array, rows: number, centres: Float64Array): Centres {
  const columns = centres.length;
  const sums = new Float64Array(columns);
  let size = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const end = Math.min(from + BLOCK, rows) * columns;
    for (let j = 0; j < columns; j++) {
      const centre = centres[j]!;
      let sum = 0;
      let distances = 0;
      for (let at = from * columns + j; at < end; at += columns) {
        const distance = matrix[at]! - centre;
        sum += distance;
        distances += Math.abs(distance);
      }
      sums[j] = sums[j]! + sum;
      size += distances;
    }
  }
  return { means: sums.map((sum) => sum / rows), size };
}
