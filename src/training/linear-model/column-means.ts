// A row-major matrix to the mean of each column, exact for a column that does not vary, and the size of what is left around them.

const BLOCK = 512;

interface Centres {
  readonly means: Float64Array;
  /** The sum of the distances from the means: at least the greatest, and of its order. Infinity where float64 ends. */
  readonly size: number;
}

/** The mean, then corrected by the mean of what is left of each column, so that a constant is met to the last bit. */
export function columnMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const first = around(matrix, rows, new Float64Array(columns)).means;
  const rest = around(matrix, rows, first);
  return { means: first.map((mean, j) => mean + rest.means[j]!), size: rest.size };
}

/** Zero for every mean, where no intercept is fitted. */
export function zeroMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const zero = new Float64Array(columns);
  return { means: zero, size: around(matrix, rows, zero).size };
}

/** Sums are taken over blocks of rows, so that their rounding grows with the blocks and not with the rows. */
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
