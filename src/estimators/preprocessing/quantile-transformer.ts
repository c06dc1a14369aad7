// Turns columns into their ranks among the training data (sklearn.preprocessing.QuantileTransformer).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';
import { interpolate } from '../functions/interpolate.js';
import { ndtr, ndtri } from '../functions/normal-distribution.js';

/** scikit-learn's BOUNDS_THRESHOLD: ranks nearer than this to an end are the end. */
const NEAR = 1e-7;
const LOWEST = ndtri(NEAR - Number.EPSILON);
const HIGHEST = ndtri(1 - (NEAR - Number.EPSILON));

export interface QuantileTransformer extends Fitted<'QuantileTransformer'> {
  readonly output_distribution: 'uniform' | 'normal';
  /** [features][quantiles] */
  readonly quantiles_: readonly Float64Array[];
  /** [quantiles]: the rank of each. */
  readonly references_: Float64Array;
}

export function transformQuantileTransformer(transformer: QuantileTransformer, frame: Frame): Frame {
  const { references_: ranks, quantiles_, output_distribution } = transformer;
  const negativeRanks = ranks.map((rank) => -rank).reverse();
  const isNormal = output_distribution === 'normal';
  return mapped(frame, (j, single) => {
    const quantiles = quantiles_[j]!;
    const negative = quantiles.map((x) => -x).reverse();
    const round = roundingOf(single);
    return (x) => {
      if (Number.isNaN(x)) return x;
      const end = endOf(x, quantiles[0]!, quantiles.at(-1)!, isNormal, round);
      // repeated quantiles: the middle of the ranks that are met from below and from above
      const rank = end ?? round(0.5 * (interpolate(x, quantiles, ranks) - interpolate(-x, negative, negativeRanks)));
      return isNormal ? Math.min(Math.max(ndtri(rank), LOWEST), HIGHEST) : rank;
    };
  });
}

export function invertQuantileTransformer(transformer: QuantileTransformer, frame: Frame): Frame {
  const { references_: ranks, quantiles_, output_distribution } = transformer;
  const isNormal = output_distribution === 'normal';
  return mapped(frame, (j, single) => {
    const quantiles = quantiles_[j]!;
    const round = roundingOf(single);
    return (x) => {
      const rank = isNormal ? round(ndtr(x)) : x;
      const end = endOf(rank, 0, 1, isNormal, round);
      if (end === null) return interpolate(rank, ranks, quantiles);
      return end === 0 ? quantiles[0]! : quantiles.at(-1)!;
    };
  });
}

/** A sparse matrix keeps its zeros, as in scikit-learn. */
function mapped(frame: Frame, changeOf: (j: number, single: boolean) => (x: number) => number): Frame {
  return mapNumbers(frame, { step: 'quantile_transformer', missing: 'allowed', keepsZero: true, changeOf });
}

const roundingOf = (single: boolean): ((x: number) => number) => (single ? Math.fround : (x) => x);

/** 0 or 1 at the ends, else null. The lower end goes before the upper one. */
function endOf(x: number, low: number, high: number, isNormal: boolean, round: (x: number) => number): 0 | 1 | null {
  if (isNormal ? round(x - NEAR) < low : x === low) return 0;
  return (isNormal ? round(x + NEAR) > high : x === high) ? 1 : null;
}
