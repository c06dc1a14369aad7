// What a regressor missed, row by row, over what it predicted, as an SVG plot: a good fit is a level band around zero.
import { pointsSvg } from './points-svg.js';

export interface RegressionRows {
  /** The name of the target column. */
  readonly target: string;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

export function residualsSvg({ target, actual, predicted }: RegressionRows): string {
  return pointsSvg({
    title: 'Residuals',
    xLabel: `Predicted ${target}`,
    yLabel: 'Residual (actual \u2212 predicted)',
    x: predicted,
    y: actual.map((value, i) => value - predicted[i]!),
    line: 'zero',
  });
}
