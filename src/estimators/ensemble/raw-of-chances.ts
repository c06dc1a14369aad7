// Turns probabilities into the raw sums that a gradient boosting starts from: the link of its loss.
import { MlctlError } from '../../errors/error.js';
import { exp, log } from '../exponential.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { Scores } from '../prediction.js';
import { logit } from '../special/logit.js';

export interface ClassLink {
  /** Probabilities are kept this far from 0 and 1. */
  readonly epsilon: number;
  /** The raw sum of two classes is the logit divided by it: 2 for the exponential loss. */
  readonly factor: 1 | 2;
  /** Whether the logarithms of several classes are taken from their mean, as scikit-learn does since 1.4. */
  readonly centred: boolean;
}

/** Row-major, rows × `width`; one value a row is for two classes. */
export function rawOfChances({ values, width: found }: Scores, width: number, link: ClassLink): Float64Array {
  const { epsilon, factor, centred } = link;
  const clipped = values.map((p) => (p < epsilon ? epsilon : p > 1 - epsilon ? 1 - epsilon : p));
  if (width === 1) {
    const stride = found ?? 1;
    // of one class, numpy has no second column
    return Float64Array.from({ length: values.length / stride }, (_, i) => logit(clipped[i * stride + 1]!) / factor);
  }
  if (found !== width)
    throw new MlctlError(
      'MODEL_MALFORMED',
      `gradient_boosting_classifier: it starts from ${found} classes of ${width}`,
    );
  if (!centred) return clipped.map(log);
  const logs = clipped.map(log);
  for (let from = 0; from < logs.length; from += width) {
    const mean = exp(pairwiseSum(logs, from, width) / width);
    for (let k = from; k < from + width; k++) logs[k] = log(clipped[k]! / mean);
  }
  return logs;
}
