// Turns counts of words into the shares of topics (sklearn.decomposition.LatentDirichletAllocation).
import { MlctlError } from '../../errors/error.js';
import { exp, log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import type { Csr, Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { csrOfFrame } from '../frames/csr-of-frame.js';
import { stepName } from '../step-name.js';

export interface LatentDirichletAllocation extends Fitted<'LatentDirichletAllocation'> {
  /** Row-major, topics × words. */
  readonly exp_dirichlet_component_: Float64Array;
  readonly topics: number;
  readonly doc_topic_prior_: number;
  readonly max_doc_update_iter: number;
  readonly mean_change_tol: number;
}

/** Each row is improved by itself until it changes by less than the tolerance. */
export function transformLatentDirichletAllocation(model: LatentDirichletAllocation, frame: Frame): Frame {
  const { topics } = model;
  const words = wordsOf(frame, stepName(model.kind));
  const values = new Float64Array(frame.rows * topics);
  for (let i = 0; i < frame.rows; i++) {
    const shares = topicsOf(model, words, words.indptr[i]!, words.indptr[i + 1]!);
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (let t = 0; t < topics; t++) values[i * topics + t] = shares[t]! / total;
  }
  return frameOfMatrix(frame.rows, topics, values);
}

function wordsOf(frame: Frame, step: string): Csr {
  const words = csrOfFrame(frame, step);
  if (words.data.some((value) => value < 0))
    throw new MlctlError('DATA_INVALID', `${step}: it takes counts of words, and the data has a negative value`);
  return words;
}

function topicsOf(model: LatentDirichletAllocation, { data, indices, width }: Csr, from: number, to: number) {
  const { exp_dirichlet_component_: chances, topics, doc_topic_prior_: prior } = model;
  let last = new Float64Array(topics).fill(1);
  const expected = new Float64Array(topics);
  expect(last, expected);
  for (let round = 0; round < model.max_doc_update_iter; round++) {
    const next = new Float64Array(topics);
    for (let at = from; at < to; at++) {
      const word = indices[at]!;
      let norm = Number.EPSILON;
      for (let t = 0; t < topics; t++) norm += expected[t]! * chances[t * width + word]!;
      const share = data[at]! / norm;
      for (let t = 0; t < topics; t++) next[t]! += share * chances[t * width + word]!;
    }
    let change = 0;
    for (let t = 0; t < topics; t++) {
      next[t] = expected[t]! * next[t]! + prior;
      change += Math.abs(last[t]! - next[t]!);
    }
    expect(next, expected);
    last = next;
    if (change / topics < model.mean_change_tol) break;
  }
  return last;
}

/** The exponentials of the expected logarithms of a Dirichlet distribution. */
function expect(weights: Float64Array, to: Float64Array): void {
  const total = quickDigamma(weights.reduce((sum, weight) => sum + weight, 0));
  for (const [t, weight] of weights.entries()) to[t] = exp(quickDigamma(weight) - total);
}

/** scikit-learn's digamma here is a short series, which is wrong from the ninth place on, and the topics depend on it. */
function quickDigamma(x: number): number {
  if (x <= 1e-6) return -0.5772156649015329 - 1 / x;
  let at = x;
  let shift = 0;
  while (at < 6) {
    shift -= 1 / at;
    at += 1;
  }
  const inverse = 1 / at;
  const square = inverse * inverse;
  return shift + (log(at) - 0.5 * inverse) - square * (1 / 12 - square * (1 / 120 - square * (1 / 252)));
}
