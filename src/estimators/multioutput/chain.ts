// Turns features into several targets, one after the other: each estimator also takes what those before it said (ClassifierChain,
// RegressorChain).
import type { Method, Parts, Row } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { labelNumbers } from '../labels/label-numbers.js';
import type { Scores } from '../prediction.js';
import { stepName } from '../step-name.js';

type ChainMethod = 'predict' | 'predict_proba' | 'predict_log_proba' | 'decision_function';

export interface Chain<Kind extends string> extends Fitted<Kind> {
  /** In the order of the chain. */
  readonly estimators_: readonly Part[];
  /** The target that each estimator of the chain is for. */
  readonly order_: Int32Array;
  /** What is handed on. */
  readonly chain_method_: ChainMethod;
}

/** One number a row: a label, a decision value, or the probability of the second class. */
function numbersOf(part: Part, method: ChainMethod, frame: Frame, parts: Parts): Float64Array {
  if (method === 'predict') return labelNumbers(parts.predict(part, frame));
  const { values, width } = parts[method](part, frame);
  return width === 2 ? values.filter((_, at) => at % 2 === 1) : values;
}

function outputsOf(chain: Chain<string>, method: ChainMethod, frame: Frame, parts: Parts): Scores {
  const { estimators_, order_, chain_method_, kind } = chain;
  const [given, width] = [matrixOf(frame, stepName(kind)), widthOf(frame)];
  const count = estimators_.length;
  const values = new Float64Array(frame.rows * count);
  const before: Float64Array[] = [];
  for (const [k, estimator] of estimators_.entries()) {
    const wide = new Float64Array(frame.rows * (width + k));
    for (let i = 0; i < frame.rows; i++) {
      wide.set(given.subarray(i * width, (i + 1) * width), i * (width + k));
      for (const [j, column] of before.entries()) wide[i * (width + k) + width + j] = column[i]!;
    }
    const all = frameOfMatrix(frame.rows, width + k, wide);
    before.push(numbersOf(estimator, chain_method_, all, parts));
    const answer = method === chain_method_ ? before.at(-1)! : numbersOf(estimator, method, all, parts);
    for (let i = 0; i < frame.rows; i++) values[i * count + order_[k]!] = answer[i]!;
  }
  return { values, width: count };
}

const scores =
  (method: ChainMethod) =>
  (chain: Chain<string>, frame: Frame, parts: Parts): Scores =>
    outputsOf(chain, method, frame, parts);

export const CHAIN_ROW: Row<Chain<string>> = {
  role: ({ kind }) => (kind === 'RegressorChain' ? 'regressor' : 'classifier'),
  // a chain of classifiers answers its labels as float64 too
  predict: (chain, frame, parts) => ({ role: 'regressor', ...outputsOf(chain, 'predict', frame, parts) }),
  predict_proba: scores('predict_proba'),
  decision_function: scores('decision_function'),
  has: ({ estimators_, kind }, method: Method, parts) =>
    method === 'predict' || (kind === 'ClassifierChain' && parts.has(estimators_[0]!, method)),
};
