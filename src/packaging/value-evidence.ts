// Turns the evaluation of a regressor into its part of the summary and its plots.
import { predictedActualSvg } from '../reports/predicted-actual-svg.js';
import { residualsSvg } from '../reports/residuals-svg.js';
import type { Summary } from '../reports/summary-text.js';
import type { ValueEvaluation } from '../training/evaluate-values.js';

/** How far off the predictions are: true − predicted, from the smallest to the largest. */
export function valueOutcome({ actual, predicted }: ValueEvaluation): Summary['outcome'] {
  const residuals = actual.map((value, i) => value - predicted[i]!).sort();
  const at = (share: number): number => residuals[Math.round(share * (residuals.length - 1))] ?? Number.NaN;
  return {
    role: 'regressor',
    residuals: [
      ['least', at(0)],
      ['first quartile', at(0.25)],
      ['median', at(0.5)],
      ['third quartile', at(0.75)],
      ['greatest', at(1)],
    ],
  };
}

/** Paths and texts. */
export function valuePlots({ actual, predicted }: ValueEvaluation, target: string): [string, string][] {
  const rows = { target, actual, predicted };
  return [
    ['plots/residuals.svg', residualsSvg(rows)],
    ['plots/predicted_actual.svg', predictedActualSvg(rows)],
  ];
}
