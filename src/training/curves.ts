// Turns true classes and scores into the curves of one class against the rest: ROC with its area, and precision over recall.

/** One class against the rest; points run from (0, 0) to (1, 1). */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Score from which on a row counts as positive; the first is infinite. */
  readonly thresholds: Float64Array;
  readonly area: number;
}

/** Points run from recall 1 to recall 0, where precision is 1. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly thresholds: Float64Array;
  /** Σ (R_n − R_n−1) P_n, scikit-learn's average_precision_score. */
  readonly averagePrecision: number;
}

/** Counts at each distinct score, from the greatest down. */
interface Steps {
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly scores: Float64Array;
}

/** null if all rows or no rows are of the class, because there is no curve then. Collinear points are dropped. */
export function rocCurve(positive: Uint8Array, scores: Float64Array): RocCurve | null {
  const steps = stepsOf(positive, scores);
  const { truePositives: tp, falsePositives: fp } = steps;
  const last = tp.length - 1;
  if (last < 0 || tp[last] === 0 || fp[last] === 0) return null;
  const kept: number[] = [];
  for (let i = 0; i <= last; i++) {
    const inner = i > 0 && i < last;
    const corner = inner && (tp[i + 1]! - 2 * tp[i]! + tp[i - 1]! !== 0 || fp[i + 1]! - 2 * fp[i]! + fp[i - 1]! !== 0);
    if (!inner || corner) kept.push(i);
  }
  const falsePositiveRate = Float64Array.from([0, ...kept.map((i) => fp[i]! / fp[last]!)]);
  const truePositiveRate = Float64Array.from([0, ...kept.map((i) => tp[i]! / tp[last]!)]);
  let area = 0;
  for (let i = 1; i < falsePositiveRate.length; i++)
    area +=
      ((falsePositiveRate[i]! - falsePositiveRate[i - 1]!) * (truePositiveRate[i]! + truePositiveRate[i - 1]!)) / 2;
  return {
    falsePositiveRate,
    truePositiveRate,
    thresholds: Float64Array.from([Number.POSITIVE_INFINITY, ...kept.map((i) => steps.scores[i]!)]),
    area,
  };
}

/** null if no row is of the class. */
export function precisionRecallCurve(positive: Uint8Array, scores: Float64Array): PrecisionRecallCurve | null {
  const { truePositives: tp, falsePositives: fp, scores: thresholds } = stepsOf(positive, scores);
  const last = tp.length - 1;
  if (last < 0 || tp[last] === 0) return null;
  const precision = new Float64Array(last + 2);
  const recall = new Float64Array(last + 2);
  precision[last + 1] = 1;
  let averagePrecision = 0;
  for (let i = last; i >= 0; i--) {
    precision[last - i] = tp[i]! / (tp[i]! + fp[i]!);
    recall[last - i] = tp[i]! / tp[last]!;
    averagePrecision += ((tp[i]! - (i > 0 ? tp[i - 1]! : 0)) / tp[last]!) * precision[last - i]!;
  }
  return { precision, recall, thresholds: thresholds.slice().reverse(), averagePrecision };
}

function stepsOf(positive: Uint8Array, scores: Float64Array): Steps {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const tp: number[] = [];
  const fp: number[] = [];
  const distinct: number[] = [];
  let hits = 0;
  for (let i = 0; i < order.length; i++) {
    hits += positive[order[i]!]!;
    const score = scores[order[i]!]!;
    if (i + 1 < order.length && scores[order[i + 1]!] === score) continue;
    tp.push(hits);
    fp.push(i + 1 - hits);
    distinct.push(score);
  }
  return {
    truePositives: Float64Array.from(tp),
    falsePositives: Float64Array.from(fp),
    scores: Float64Array.from(distinct),
  };
}
