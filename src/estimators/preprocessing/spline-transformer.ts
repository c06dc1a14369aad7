// Turns columns into the splines of a basis at each number (sklearn.preprocessing.SplineTransformer).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { csrOf, frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { type BSpline, evaluateSpline, rangeOf } from './b-spline.js';

const STEP = 'spline_transformer';

export interface SplineTransformer extends Fitted<'SplineTransformer'> {
  readonly extrapolation: 'error' | 'constant' | 'linear' | 'continue' | 'periodic';
  /** False: the last spline of each column is left out. */
  readonly include_bias: boolean;
  /** 'zeros': a missing value has no spline. */
  readonly handle_missing: 'error' | 'zeros';
  readonly sparse_output: boolean;
  /** [features], all of one width. */
  readonly bsplines_: readonly BSpline[];
}

type Splines = (x: number) => Float64Array;

export function transformSplineTransformer(transformer: SplineTransformer, frame: Frame): Frame {
  const { bsplines_, include_bias, handle_missing, sparse_output } = transformer;
  const features = bsplines_.length;
  const values = matrixOf(frame, STEP, handle_missing === 'zeros' ? 'any' : 'refused');
  const kept = bsplines_[0]!.width - Number(!include_bias);
  const width = kept * features;
  const made = isSingle(frame) ? new Float32Array(frame.rows * width) : new Float64Array(frame.rows * width);
  splinesOf(transformer).forEach((splines, j) => {
    for (let i = 0; i < frame.rows; i++) {
      const x = values[i * features + j]!;
      if (!Number.isNaN(x)) made.set(splines(x).subarray(0, kept), i * width + j * kept);
    }
  });
  return sparse_output
    ? frameOfCsr(frame.rows, csrOf(frame.rows, width, made))
    : frameOfMatrix(frame.rows, width, made);
}

function splinesOf({ bsplines_, extrapolation }: SplineTransformer): Splines[] {
  switch (extrapolation) {
    case 'continue':
      return bsplines_.map((spline) => (x) => evaluateSpline(spline, x));
    case 'periodic':
      return bsplines_.map((spline) => (x) => evaluateSpline(spline, intoPeriod(spline, x)));
    case 'error':
      return bsplines_.map((spline) => (x) => evaluateSpline(spline, withinRange(spline, x)));
    case 'constant':
      return bsplines_.map(constantBeyond);
    case 'linear': {
      // scikit-learn raises this number at a column, and leaves it so for the columns behind
      let { degree } = bsplines_[0]!;
      return bsplines_.map((spline) => {
        const from = degree;
        if (degree <= 1) degree++;
        return linearBeyond(spline, from, degree);
      });
    }
  }
}

function intoPeriod(spline: BSpline, x: number): number {
  const [low, high] = rangeOf(spline).map((place) => spline.knots[place]!) as [number, number];
  const period = high - low;
  if (!(period > 0)) return 0;
  const rest = (x - low) % period;
  return low + (rest < 0 ? rest + period : rest);
}

function withinRange(spline: BSpline, x: number): number {
  const [low, high] = rangeOf(spline).map((place) => spline.knots[place]!) as [number, number];
  if (x >= low && x <= high) return x;
  throw new MlctlError('DATA_INVALID', `${STEP}: ${x} lies beyond the knots, which reach from ${low} to ${high}`, {
    hint: 'correct the value, or train with another extrapolation',
  });
}

/** Beyond the range, the splines are as at its end: only the first or the last `degree` of them. */
function constantBeyond(spline: BSpline): Splines {
  const { degree, width } = spline;
  const [low, high] = rangeOf(spline).map((place) => spline.knots[place]!) as [number, number];
  const [below, above] = [evaluateSpline(spline, low), evaluateSpline(spline, high)];
  below.fill(0, degree);
  // a degree of 0 keeps all of them above, because of how numpy counts from the end
  if (degree > 0) above.fill(0, 0, width - degree);
  return (x) => (x < low ? below : x > high ? above : evaluateSpline(spline, x));
}

/** `from`: the place of the knot where the range begins; `count`: of how many splines the ends go on as lines. */
function linearBeyond(spline: BSpline, from: number, count: number): Splines {
  const { knots, width } = spline;
  const [low, high] = [knots[from]!, knots[knots.length - from - 1]!];
  const [below, above] = [evaluateSpline(spline, low), evaluateSpline(spline, high)];
  const [fall, rise] = [evaluateSpline(spline, low, true), evaluateSpline(spline, high, true)];
  return (x) => {
    if (x >= low && x <= high) return evaluateSpline(spline, x);
    const made = new Float64Array(width);
    for (let j = 0; j < Math.min(count, width); j++) {
      const k = x < low ? j : width - 1 - j;
      made[k] = x < low ? below[k]! + (x - low) * fall[k]! : above[k]! + (x - high) * rise[k]!;
    }
    return made;
  };
}
