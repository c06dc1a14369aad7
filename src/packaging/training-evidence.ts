// What a training run leaves for people and for `smoke`: the held-out rows, the summary, the plots, the recipe.

import { formatCsv } from '../data/write/csv.js';
import type { Recipe } from '../recipe/recipe-types.js';
import { coefficientsSvg } from '../reports/coefficients-svg.js';
import { confusionMatrixSvg } from '../reports/confusion-matrix-svg.js';
import { precisionRecallSvg } from '../reports/precision-recall-svg.js';
import { rocSvg } from '../reports/roc-svg.js';
import { formatSummary } from '../reports/summary-text.js';
import type { TrainingData } from '../rows/training-data.js';
import type { Trained } from '../training/train-pipeline.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Row-major counts as rows of numbers. */
function matrixOf(trained: Trained): { labels: string[]; counts: number[][] } {
  const labels = trained.confusion.labels.map(String);
  const n = labels.length;
  return { labels, counts: labels.map((_, i) => Array.from(trained.confusion.counts.subarray(i * n, (i + 1) * n))) };
}

/** scikit-learn's classification_report from the counts; 0 where a quotient has no meaning (zero_division=0). */
function perClass(matrix: { labels: string[]; counts: number[][] }) {
  return matrix.labels.map((label, k) => {
    const hits = matrix.counts[k]![k]!;
    const support = matrix.counts[k]!.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.counts.reduce((sum, row) => sum + row[k]!, 0);
    const precision = predicted === 0 ? 0 : hits / predicted;
    const recall = support === 0 ? 0 : hits / support;
    return { label, precision, recall, f1: hits === 0 ? 0 : (2 * hits) / (support + predicted), support };
  });
}

/** One line a step, as in the recipe. */
function stepLines(recipe: Recipe): string[] {
  return [...recipe.pipeline.transformers, recipe.pipeline.predictor].map((step) => {
    const params = Object.entries(step.params).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `${step.kind}(${params.join(', ')})${step.columns === null ? '' : ` on ${step.columns.join(', ')}`}`;
  });
}

/** The run's artifacts by path. */
export function trainingEvidence(
  recipe: Recipe,
  recipeYaml: string,
  data: TrainingData,
  trained: Trained,
): Map<string, Uint8Array> {
  const matrix = matrixOf(trained);
  const rows = trained.testInputs.rows;
  const { predictor } = trained.pipeline;
  const target = {
    name: recipe.data.target,
    ...(trained.testTarget.type === 'long'
      ? { type: 'long' as const, values: BigInt64Array.from(trained.testTarget.values) }
      : trained.testTarget),
  };
  const classes = predictor.classes.values.map(String);
  // With two classes there is one row of coefficients, and it speaks for the second class.
  const rowLabels = classes.length === 2 ? [classes[1]!] : classes;
  const width = predictor.features.length;
  const curves = classes.length === 2 ? trained.curves.slice(1) : trained.curves;

  const files: [string, string][] = [
    ['recipe.yaml', recipeYaml],
    ['evaluation/X_te.csv', formatCsv(trained.testInputs)],
    ['evaluation/y_te.csv', formatCsv({ rows, columns: [target] })],
    [
      'reports/summary.txt',
      formatSummary({
        name: recipe.run_name ?? recipe.name ?? 'model',
        data: {
          source: data.source,
          digest: data.digest,
          rows: data.table.rows,
          features: trained.pipeline.inputs.map((input) => input.name),
          target: recipe.data.target,
        },
        split: {
          train: trained.split.train.length,
          test: rows,
          testSize: recipe.split.test_size,
          randomState: recipe.split.random_state,
          stratify: recipe.split.stratify,
        },
        pipeline: stepLines(recipe),
        metrics: trained.metrics,
        classes: perClass(matrix),
        confusion: matrix,
      }),
    ],
    ['plots/confusion_matrix.svg', confusionMatrixSvg(matrix)],
    [
      'plots/roc_curve.svg',
      rocSvg({
        rows,
        curves: curves.map(({ label, roc }) => ({
          label: String(label),
          fpr: roc?.falsePositiveRate ?? [],
          tpr: roc?.truePositiveRate ?? [],
          auc: roc?.area ?? null,
        })),
      }),
    ],
    [
      'plots/precision_recall.svg',
      precisionRecallSvg({
        rows,
        curves: curves.map(({ label, precisionRecall }) => ({
          label: String(label),
          recall: precisionRecall?.recall ?? [],
          precision: precisionRecall?.precision ?? [],
          averagePrecision: precisionRecall?.averagePrecision ?? null,
        })),
      }),
    ],
    [
      'plots/coefficients.svg',
      coefficientsSvg({
        features: predictor.features,
        classes: rowLabels.map((label, row) => ({
          label,
          values: predictor.coef.subarray(row * width, (row + 1) * width),
        })),
      }),
    ],
  ];
  return new Map(files.map(([path, text]) => [path, encode(text)]));
}
