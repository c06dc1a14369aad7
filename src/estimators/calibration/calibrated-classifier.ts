// Turns features into probabilities that were calibrated on other rows than those of the fit (CalibratedClassifierCV).

import type { Parts } from '../evaluator.js';
import { exp, log } from '../exponential.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { normaliseRows } from '../probabilities/normalise-rows.js';
import { softmaxOf } from '../probabilities/softmax.js';
import { type IsotonicRegression, isotonicValues } from './isotonic-regression.js';

/** From a score to a chance: a logistic curve, or a line through rising points. */
export type Calibrator =
  | { readonly kind: 'sigmoid'; readonly a_: number; readonly b_: number }
  | { readonly kind: 'isotonic'; readonly line: IsotonicRegression };

export interface CalibratedMember {
  readonly estimator: Part;
  /** The place in `classes_` of each class that the estimator knows. */
  readonly places: Int32Array;
  readonly calibration:
    | { readonly method: 'each'; readonly calibrators: readonly Calibrator[] }
    | { readonly method: 'temperature'; readonly beta_: number };
}

export interface CalibratedClassifierCV extends Fitted<'CalibratedClassifierCV'> {
  readonly classes_: AnyLabels;
  readonly members: readonly CalibratedMember[];
}

/** The mean of the members, in their order. */
export function calibratedProbabilities(model: CalibratedClassifierCV, frame: Frame, parts: Parts): Scores {
  const width = model.classes_.values.length;
  const values = new Float64Array(frame.rows * width);
  for (const member of model.members) {
    const chances = memberProbabilities(member, width, frame, parts);
    for (let at = 0; at < values.length; at++) values[at]! += chances[at]!;
  }
  for (let at = 0; at < values.length; at++) values[at]! /= model.members.length;
  return { values, width };
}

export function predictCalibrated(model: CalibratedClassifierCV, frame: Frame, parts: Parts): ClassPrediction {
  return greatestClasses(model.classes_, calibratedProbabilities(model, frame, parts).values);
}

function memberProbabilities(member: CalibratedMember, width: number, frame: Frame, parts: Parts): Float64Array {
  const byDecision = parts.has(member.estimator, 'decision_function');
  const scores = byDecision
    ? parts.decision_function(member.estimator, frame)
    : parts.predict_proba(member.estimator, frame);
  const { calibration } = member;
  const chances =
    calibration.method === 'temperature'
      ? temperature(scores, byDecision, calibration.beta_)
      : byCalibrator(member.places, calibration.calibrators, scores, width, frame.rows);
  // a rounding above 1
  return chances.map((chance) => (chance > 1 && chance <= 1 + 1e-5 ? 1 : chance));
}

function byCalibrator(
  places: Int32Array,
  calibrators: readonly Calibrator[],
  { values, width: given }: Scores,
  width: number,
  rows: number,
): Float64Array {
  const made = new Float64Array(rows * width);
  const step = given ?? 1;
  for (const [k, calibrator] of calibrators.entries()) {
    // of two classes there is one calibrator, for the second
    const column = step === 1 ? values : values.filter((_, at) => at % step === (width === 2 ? 1 : k));
    const chances = calibrate(calibrator, column);
    const place = width === 2 ? 1 : places[k]!;
    for (let i = 0; i < rows; i++) made[i * width + place] = chances[i]!;
  }
  if (width === 2) for (let i = 0; i < rows; i++) made[2 * i] = 1 - made[2 * i + 1]!;
  else normaliseRows(made, width, 'uniform');
  return made;
}

function calibrate(calibrator: Calibrator, scores: Float64Array): Float64Array {
  if (calibrator.kind === 'isotonic') return isotonicValues(calibrator.line, scores);
  const { a_, b_ } = calibrator;
  return scores.map((score) => 1 / (1 + exp(a_ * score + b_)));
}

/** Softmax of the scores by one factor; probabilities are taken back to logarithms first. */
function temperature({ values, width }: Scores, byDecision: boolean, beta: number): Float64Array {
  const count = width === null || width === 1 ? 2 : width;
  const logits =
    count === 2 && width !== 2
      ? Float64Array.from({ length: values.length * 2 }, (_, at) => (at % 2 === 1 ? 1 : -1) * values[at >> 1]!)
      : values;
  const chances = width === count && (!byDecision || areChances(logits, count));
  const scaled = logits.map((logit) => beta * (chances ? log(logit + 1e-12) : logit));
  return softmaxOf(scaled, count).values;
}

/** scikit-learn takes scores for probabilities if all of them look so. */
function areChances(values: Float64Array, width: number): boolean {
  for (let from = 0; from < values.length; from += width) {
    let sum = 0;
    for (let k = from; k < from + width; k++) {
      if (!(values[k]! >= 0 && values[k]! <= 1)) return false;
      sum += values[k]!;
    }
    if (!(Math.abs(sum - 1) <= 1.5e-8)) return false;
  }
  return true;
}
