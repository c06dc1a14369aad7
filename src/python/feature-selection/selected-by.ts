// Turns the scores and p-values of a selector into the columns that it keeps, as scikit-learn's _get_support_mask does.
import type { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

type Mode = 'percentile' | 'k_best' | 'fpr' | 'fdr' | 'fwe';

/** `parameter`: the k, the percentile or the alpha. */
export function selectedBy(mode: Mode, parameter: Value, attributes: Attributes, width: number): boolean[] {
  switch (mode) {
    case 'k_best':
      return best(parameter, attributes, width);
    case 'percentile':
      return topPercent(parameter.number(), scoresOf(attributes, width));
    case 'fpr': {
      const alpha = parameter.number();
      return [...attributes.get('pvalues_').vector(width)].map((p) => p < alpha);
    }
    case 'fwe': {
      const alpha = parameter.number() / width;
      return [...attributes.get('pvalues_').vector(width)].map((p) => p < alpha);
    }
    case 'fdr':
      return falseDiscoveries(parameter.number(), attributes.get('pvalues_').vector(width));
  }
}

/** A score that is not a number is the worst. */
function scoresOf(attributes: Attributes, width: number): Float64Array {
  const scores = attributes.get('scores_').vector(width);
  return scores.map((score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score));
}

/** Of equal scores, the last ones are kept. */
function best(parameter: Value, attributes: Attributes, width: number): boolean[] {
  if (parameter.saved === 'all') return new Array<boolean>(width).fill(true);
  const k = parameter.integer(0);
  const scores = scoresOf(attributes, width);
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]! || a - b);
  const kept = new Set(k === 0 ? [] : order.slice(-k));
  return [...scores.keys()].map((j) => kept.has(j));
}

function topPercent(percentile: number, scores: Float64Array): boolean[] {
  if (percentile === 100 || percentile === 0) return new Array<boolean>(scores.length).fill(percentile === 100);
  const threshold = percentileOf(scores, 100 - percentile);
  const mask = Array.from(scores, (score) => score > threshold);
  const above = mask.filter(Boolean).length;
  let ties = Math.trunc((scores.length * percentile) / 100) - above;
  // a negative end of a slice leaves out the last ones
  const tied = [...scores.keys()].filter((j) => scores[j] === threshold);
  if (ties < 0) ties = Math.max(0, tied.length + ties);
  for (const j of tied.slice(0, ties)) mask[j] = true;
  return mask;
}

/** numpy.percentile with its linear interpolation. */
function percentileOf(values: Float64Array, percent: number): number {
  const sorted = values.slice().sort();
  const place = (percent / 100) * (sorted.length - 1);
  const [low, share] = [Math.floor(place), place - Math.floor(place)];
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return share >= 0.5 ? b - (b - a) * (1 - share) : a + (b - a) * share;
}

/** The procedure of Benjamini and Hochberg. */
function falseDiscoveries(alpha: number, p: Float64Array): boolean[] {
  const sorted = p.slice().sort();
  let greatest = Number.NaN;
  for (const [i, value] of sorted.entries()) if (value <= (alpha / p.length) * (i + 1)) greatest = value;
  return Array.from(p, (value) => value <= greatest);
}
