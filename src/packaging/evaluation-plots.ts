// Turns the evaluation of a model into its plots.
import type { ClassEvaluation } from '../training/evaluate-classes.js';
import type { ValueEvaluation } from '../training/evaluate-values.js';
import { classPlots } from './class-evidence.js';
import { valuePlots } from './value-evidence.js';

/** Paths and texts, as `train` leaves them in the run. `target` is the name of the quantity that a regressor predicts. */
export function evaluationPlots(evaluation: ClassEvaluation | ValueEvaluation, target: string): [string, string][] {
  if (evaluation.role === 'regressor') return valuePlots(evaluation, target);
  return classPlots(
    evaluation,
    evaluation.confusion.counts.reduce((sum, count) => sum + count, 0),
  );
}
