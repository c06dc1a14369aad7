// What a regressor predicted over what was true, row by row, as an SVG plot: a good fit lies along the diagonal.
import { pointsSvg } from './points-svg.js';
import type { RegressionRows } from './residuals-svg.js';

export function predictedActualSvg({ target, actual, predicted }: RegressionRows): string {
  return pointsSvg({
    title: 'Predicted and actual values',
    xLabel: `Actual ${target}`,
    yLabel: `Predicted ${target}`,
    x: actual,
    y: predicted,
    line: 'diagonal',
  });
}
