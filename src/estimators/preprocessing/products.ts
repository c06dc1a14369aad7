// Turns a degree into which products of columns there are, in scikit-learn's order, each made of one of a degree less.

export interface Products {
  /** Made columns are numbered from the columns themselves on, degree by degree. */
  readonly levels: readonly Level[];
  readonly end: number;
  /** The first one that is kept, for a least degree above 1. */
  readonly from: number;
  /** A column of ones in front. */
  readonly bias: boolean;
  /** The number of kept columns. */
  readonly width: number;
}

/** The products of one degree: for each column, those of the degree before from `skips` to `end`, times it, stand at `starts`. */
interface Level {
  readonly starts: Float64Array;
  readonly skips: Float64Array;
  readonly end: number;
}

interface Degrees {
  readonly min_degree: number;
  readonly max_degree: number;
  readonly interaction_only: boolean;
  readonly include_bias: boolean;
}

export function productsOf(degrees: Degrees, width: number): Products {
  const { min_degree, max_degree, interaction_only, include_bias } = degrees;
  const levels: Level[] = [];
  let starts = Float64Array.from({ length: width }, (_, j) => j);
  let end = width;
  let from = 0;
  for (let degree = 2; degree <= max_degree; degree++) {
    const before = end;
    if (degree === min_degree) from = before;
    const skips = starts.map((start, j) => (interaction_only ? (starts[j + 1] ?? before) : start));
    const next = new Float64Array(width);
    for (let j = 0; j < width; j++) {
      next[j] = end;
      end += before - skips[j]!;
    }
    levels.push({ starts: next, skips, end: before });
    starts = next;
  }
  if (max_degree === 0) return { levels: [], end: width, from: width, bias: include_bias, width: Number(include_bias) };
  return { levels, end, from, bias: include_bias, width: end - from + Number(include_bias) };
}

/** How many made columns there are, also of the degrees that are not kept; stops counting beyond `most`. */
export function countProducts({ max_degree, interaction_only }: Degrees, width: number, most: number): number {
  let count = width;
  let term = width;
  for (let degree = 2; degree <= max_degree && count <= most && term > 0; degree++) {
    term = interaction_only ? (term * (width - degree + 1)) / degree : (term * (width + degree - 1)) / degree;
    count += term;
  }
  return count;
}
