// A row-major matrix to the mean of each column, exact for a column that does not vary, and the reach of all columns around them.

const BLOCK = 512;

export interface Centres {
  readonly means: Float64Array;
  /** The greatest distance of a number from the mean of its column, but for rounding. */
  readonly reach: number;
}

/** The mean, then corrected by the mean of what is left of each column, so that a constant is met to the last bit. */
export function columnMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const first = around(matrix, rows, new Float64Array(columns)).means;
  const rest = around(matrix, rows, first);
  return { means: first.map((mean, j) => mean + rest.means[j]!), reach: rest.reach };
}

/** Zero for every mean, where no intercept is fitted. */
export function zeroMeans(matrix: Float64Array, rows: number, columns: number): Centres {
  const zero = new Float64Array(columns);
  return { means: zero, reach: around(matrix, rows, zero).reach };
}

/** Sums are taken over blocks of rows, so that their rounding grows with the blocks and not with the rows. */
function around(matrix: Float64Array, rows: number, centres: Float64Array): Centres {
  const columns = centres.length;
  const sums = new Float64Array(columns);
  const part = new Float64Array(columns);
  let most = 0;
  let least = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    part.fill(0);
    for (let i = from, at = from * columns; i < to; i++)
      for (let j = 0; j < columns; j++, at++) {
        const distance = matrix[at]! - centres[j]!;
        if (distance > most) most = distance;
        else if (distance < least) least = distance;
        part[j] = part[j]! + distance;
      }
    for (let j = 0; j < columns; j++) sums[j] = sums[j]! + part[j]!;
  }
  return { means: sums.map((sum) => sum / rows), reach: most > -least ? most : -least };
}
