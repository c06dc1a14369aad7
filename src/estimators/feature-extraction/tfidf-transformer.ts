// Turns counts of terms into their weights: rare terms count more, and long texts not more than short ones (TfidfTransformer).
import { log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import type { Csr, Frame } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { csrOfFrame } from '../frames/csr-of-frame.js';
import { scaleRows } from '../frames/scale-rows.js';

export interface Tfidf {
  readonly norm: 'l1' | 'l2' | null;
  readonly sublinear_tf: boolean;
  /** [terms]; null if `use_idf` is false. */
  readonly idf_: Float64Array | null;
}

export interface TfidfTransformer extends Fitted<'TfidfTransformer'>, Tfidf {}

export function transformTfidf(model: TfidfTransformer, frame: Frame): Frame {
  return frameOfCsr(frame.rows, weighTerms(csrOfFrame(frame, 'tfidf_transformer'), model));
}

export function weighTerms(counts: Csr, { norm, sublinear_tf, idf_ }: Tfidf): Csr {
  const data = counts.data.slice();
  // twice in place: float32 rounds after each
  if (sublinear_tf) for (let at = 0; at < data.length; at++) data[at] = log(data[at]!);
  if (sublinear_tf) for (let at = 0; at < data.length; at++) data[at]! += 1;
  if (idf_) for (let at = 0; at < data.length; at++) data[at]! *= idf_[counts.indices[at]!]!;
  const weighed = { ...counts, data };
  return norm === null ? weighed : scaleRows(weighed, norm);
}
