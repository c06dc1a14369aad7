// Turns a number into the splines of a basis at it (scipy.interpolate.BSpline), by de Boor's recursion.

export interface BSpline {
  readonly degree: number;
  /** The knots, which rise or stay: at least 2 × degree + 2. */
  readonly knots: Float64Array;
  /** Row-major, [at least knots − degree − 1][width]. */
  readonly coefficients: Float64Array;
  readonly width: number;
}

/** The places of the first and the last knot of the range that the spline is made for. */
export const rangeOf = ({ knots, degree }: BSpline): readonly [number, number] => [degree, knots.length - degree - 1];

/** Adds nothing where x is NaN. `derivative`: the slopes instead of the values. */
export function evaluateSpline(spline: BSpline, x: number, derivative = false): Float64Array {
  const { degree, coefficients, width } = spline;
  const made = new Float64Array(width);
  if (Number.isNaN(x)) return made;
  const interval = intervalOf(spline, x);
  const basis = basisAt(spline, interval, x, derivative);
  for (let a = 0; a <= degree; a++) {
    const row = (interval - degree + a) * width;
    for (let j = 0; j < width; j++) made[j]! += basis[a]! * coefficients[row + j]!;
  }
  return made;
}

/** The last knot of the range that is not above x and has a knot of the range behind it; the first one for an x below. */
function intervalOf(spline: BSpline, x: number): number {
  const { knots } = spline;
  let [low, high] = rangeOf(spline);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** The values of the degree + 1 splines that are not zero between the interval's knot and the next. */
function basisAt({ knots, degree }: BSpline, interval: number, x: number, derivative: boolean): Float64Array {
  const basis = new Float64Array(degree + 1);
  basis[0] = 1;
  for (let order = 1; order <= degree; order++) {
    const isSlope = derivative && order === degree;
    const before = basis.slice(0, order);
    basis[0] = 0;
    for (let n = 1; n <= order; n++) {
      const [left, right] = [knots[interval + n - order]!, knots[interval + n]!];
      if (left === right) {
        basis[n] = 0;
        continue;
      }
      const weight = (isSlope ? order * before[n - 1]! : before[n - 1]!) / (right - left);
      basis[n - 1]! += isSlope ? -weight : weight * (right - x);
      basis[n] = isSlope ? weight : weight * (x - left);
    }
  }
  return derivative && degree === 0 ? basis.fill(0) : basis;
}
