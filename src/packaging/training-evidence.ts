// Turns a training run into its artifacts for people and for `smoke`: the held-out rows, the summary, the plots, the recipe.

import { formatCsv } from '../data/write/csv.js';
import type { Recipe } from '../recipe/recipe-types.js';
import { stepLines } from '../recipe/step-lines.js';
import type { Trained } from '../recipe/train-recipe.js';
import { captionSvg } from '../reports/caption-svg.js';
import { coefficientsSvg } from '../reports/coefficients-svg.js';
import { formatSummary } from '../reports/summary-text.js';
import type { TrainingData } from '../rows/training-data.js';
import type { Work } from '../work.js';
import { classOutcome } from './class-evidence.js';
import { coefficientsOf } from './coefficients-of.js';
import { evaluationPlots } from './evaluation-plots.js';
import { importancesOf } from './importances-of.js';
import { valueOutcome } from './value-evidence.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The run's artifacts by path, made in parts; the plots depend on the role of the estimator. The recipe has the names that the run and the model get. */
export function* trainingEvidence(
  recipe: Recipe,
  recipeYaml: string,
  data: TrainingData,
  trained: Trained,
): Work<Map<string, Uint8Array>> {
  const { evaluation, testInputs } = trained;
  const { rows } = testInputs;
  const coefficients = coefficientsOf(trained.estimator, recipe.data.target);
  const importances = importancesOf(trained.estimator, recipe.data.target);
  yield 'writing the evaluation rows';
  const evaluated = formatCsv(testInputs);
  yield 'drawing plots';
  const files: [string, string][] = [
    ['recipe.yaml', recipeYaml],
    ['evaluation/X_te.csv', evaluated],
    ['evaluation/y_te.csv', formatCsv({ rows, columns: [trained.testTarget] })],
    [
      'reports/summary.txt',
      formatSummary({
        name: recipe.run_name ?? recipe.name ?? 'model',
        data: {
          source: data.source,
          digest: data.digest,
          rows: data.table.rows,
          features: trained.inputs.map((input) => input.name),
          target: recipe.data.target,
        },
        split: {
          train: trained.split.train.length,
          test: rows,
          testSize: recipe.split.test_size,
          randomState: recipe.split.random_state,
          stratify: recipe.split.stratify,
        },
        pipeline: stepLines(recipe.pipeline),
        metrics: evaluation.metrics,
        outcome: evaluation.role === 'classifier' ? classOutcome(evaluation) : valueOutcome(evaluation),
      }),
    ],
  ];
  const plots: [string, string][] = [
    ...evaluationPlots(evaluation, recipe.data.target),
    ...(coefficients ? [['plots/coefficients.svg', coefficientsSvg(coefficients)] as [string, string]] : []),
    ...(importances ? [['plots/feature_importances.svg', coefficientsSvg(importances)] as [string, string]] : []),
  ];
  const of = [recipe.name, recipe.run_name && `run ${recipe.run_name}`].filter(Boolean).join(', ');
  const captioned = plots.map(([path, plot]) => [path, captionSvg(plot, of)] as const);
  return new Map([...files, ...captioned].map(([path, text]) => [path, encode(text)]));
}
