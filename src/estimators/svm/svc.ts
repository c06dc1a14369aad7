// Turns features into labels and probabilities by a support vector machine (sklearn.svm.SVC and NuSVC).
import type { Method } from '../evaluator.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import { ovrDecision } from '../labels/ovr-decision.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { coupledProbabilities, type Platt } from './coupled-probabilities.js';
import { type Kernel, type SupportVectors, similaritiesOf } from './support-vectors.js';

export interface SupportVectorClassifier<Kind extends string> extends Fitted<Kind>, Kernel {
  readonly classes_: AnyLabels;
  readonly support_vectors_: SupportVectors;
  /** How many support vectors each class has; they stand in the order of the classes. */
  readonly n_support_: Int32Array;
  /** Row-major, (classes − 1) × support vectors, with libsvm's signs. */
  readonly dual_coef_: Float64Array;
  /** One for each pair of classes, with libsvm's signs. */
  readonly intercept_: Float64Array;
  readonly decision_function_shape: 'ovr' | 'ovo';
  readonly break_ties: boolean;
  readonly platt: Platt | null;
}

/** The decisions between each two classes i < j, row-major: above zero for i. */
function pairDecisions(model: SupportVectorClassifier<string>, frame: Frame): Float64Array {
  const { support_vectors_, dual_coef_, intercept_, n_support_ } = model;
  const { count } = support_vectors_;
  const similarities = similaritiesOf(model, model, support_vectors_, frame);
  const each = new Float64Array(count);
  const starts = new Int32Array(n_support_.length + 1);
  for (const [k, size] of n_support_.entries()) starts[k + 1] = starts[k]! + size;
  const decisions = new Float64Array(frame.rows * intercept_.length);
  for (let row = 0, at = 0; row < frame.rows; row++) {
    similarities(row, each);
    for (let i = 0, pair = 0; i < n_support_.length; i++) {
      for (let j = i + 1; j < n_support_.length; j++, pair++) {
        let sum = 0;
        for (let s = starts[i]!; s < starts[i + 1]!; s++) sum += dual_coef_[(j - 1) * count + s]! * each[s]!;
        for (let s = starts[j]!; s < starts[j + 1]!; s++) sum += dual_coef_[i * count + s]! * each[s]!;
        decisions[at++] = sum + intercept_[pair]!;
      }
    }
  }
  return decisions;
}

/** Above zero for the second of two classes, but for the first class of each pair of more. */
export function decideSvc(model: SupportVectorClassifier<string>, frame: Frame): Scores {
  const decisions = pairDecisions(model, frame);
  const classes = model.classes_.values.length;
  if (classes === 2) return { values: decisions.map((x) => -x), width: null };
  if (model.decision_function_shape === 'ovo') return { values: decisions, width: model.intercept_.length };
  return clearVotes(decisions, classes);
}

/** A value below zero is a vote for the second class of the pair. */
const clearVotes = (decisions: Float64Array, classes: number): Scores =>
  ovrDecision(
    Uint8Array.from(decisions, (x) => Number(x < 0)),
    decisions.map((x) => -x),
    classes,
  );

/** The class with the most votes of the pairs, the first of equals; `break_ties` also looks at how clear they were. */
export function predictSvc(model: SupportVectorClassifier<string>, frame: Frame): ClassPrediction {
  const classes = model.classes_.values.length;
  const decisions = pairDecisions(model, frame);
  const codes = new Int32Array(frame.rows);
  const votes = new Float64Array(classes);
  const clear = model.break_ties && classes > 2 ? clearVotes(decisions, classes).values : null;
  for (let row = 0, at = 0; row < frame.rows; row++) {
    votes.fill(0);
    for (let i = 0; i < classes; i++) for (let j = i + 1; j < classes; j++) votes[decisions[at++]! > 0 ? i : j]!++;
    codes[row] = clear ? greatest(clear, row * classes, classes) : greatest(votes, 0, classes);
  }
  return { role: 'classifier', classes: model.classes_, codes };
}

export function svcProbabilities(model: SupportVectorClassifier<string>, frame: Frame): Scores {
  const classes = model.classes_.values.length;
  return { values: coupledProbabilities(pairDecisions(model, frame), model.platt!, classes), width: classes };
}

export const hasSvcMethod = ({ platt }: SupportVectorClassifier<string>, method: Method): boolean =>
  method !== 'predict_proba' || platt !== null;
