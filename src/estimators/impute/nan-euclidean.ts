// Turns rows with missing values into their distances (sklearn.metrics.pairwise.nan_euclidean_distances).

export interface NanRows {
  readonly rows: number;
  readonly width: number;
  /** Row-major, with 0 for a missing value. */
  readonly values: Float64Array;
  readonly isMissing: Uint8Array;
  /** [rows]: the sum of the squares. */
  readonly squares: Float64Array;
}

/** `missing` stands for a missing value; it may be NaN. */
export function nanRowsOf(found: Float64Array, width: number, missing: number): NanRows {
  const rows = width === 0 ? 0 : found.length / width;
  const values = found.slice();
  const isMissing = new Uint8Array(found.length);
  const squares = new Float64Array(rows);
  for (let at = 0; at < found.length; at++) {
    if (Number.isNaN(missing) ? Number.isNaN(found[at]) : found[at] === missing) {
      isMissing[at] = 1;
      values[at] = 0;
    }
    squares[Math.floor(at / width)]! += values[at]! * values[at]!;
  }
  return { rows, width, values, isMissing, squares };
}

/**
 * From one row to each of others, by what both have, scaled up to all columns; NaN where they have nothing in common. `single`:
 * what is subtracted and divided is float32, as for numbers that are.
 */
export function nanDistances(from: NanRows, row: number, to: NanRows, single: boolean): Float64Array {
  const { width } = from;
  const round = single ? Math.fround : (x: number) => x;
  const left = row * width;
  return to.squares.map((square, other) => {
    const right = other * width;
    let product = 0;
    let alone = 0;
    let aloneThere = 0;
    let shared = 0;
    for (let j = 0; j < width; j++) {
      const [x, y] = [from.values[left + j]!, to.values[right + j]!];
      product += x * y;
      if (to.isMissing[right + j] === 1) alone = round(alone + round(x * x));
      else if (from.isMissing[left + j] === 1) aloneThere = round(aloneThere + round(y * y));
      else shared++;
    }
    if (shared === 0) return Number.NaN;
    const whole = Math.max(round(-2 * product + from.squares[row]! + square), 0);
    const rest = Math.max(round(round(whole - alone) - aloneThere), 0);
    return round(Math.sqrt(round(round(rest / shared) * width)));
  });
}
