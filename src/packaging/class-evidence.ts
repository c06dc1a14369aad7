// Turns the evaluation of a classifier into its part of the summary and its plots.
import { confusionMatrixSvg } from '../reports/confusion-matrix-svg.js';
import { precisionRecallSvg } from '../reports/precision-recall-svg.js';
import { rocSvg } from '../reports/roc-svg.js';
import type { Summary } from '../reports/summary-text.js';
import type { ClassEvaluation } from '../training/evaluate-classes.js';

interface Matrix {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Row-major counts as rows of numbers. */
function matrixOf({ confusion }: ClassEvaluation): Matrix {
  const labels = confusion.labels.map(String);
  const n = labels.length;
  return { labels, counts: labels.map((_, i) => Array.from(confusion.counts.subarray(i * n, (i + 1) * n))) };
}

/** scikit-learn's classification_report, computed from the counts; 0 for an undefined quotient (zero_division=0). */
export function classOutcome(evaluation: ClassEvaluation): Summary['outcome'] {
  const matrix = matrixOf(evaluation);
  const classes = matrix.labels.map((label, k) => {
    const hits = matrix.counts[k]![k]!;
    const support = matrix.counts[k]!.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.counts.reduce((sum, row) => sum + row[k]!, 0);
    const precision = predicted === 0 ? 0 : hits / predicted;
    const recall = support === 0 ? 0 : hits / support;
    return { label, precision, recall, f1: hits === 0 ? 0 : (2 * hits) / (support + predicted), support };
  });
  return { role: 'classifier', classes, confusion: matrix };
}

/** Paths and texts. The curves of two classes mirror each other, so only the second one's is drawn; without probabilities there are none. */
export function classPlots(evaluation: ClassEvaluation, rows: number): [string, string][] {
  const curves = evaluation.curves.length === 2 ? evaluation.curves.slice(1) : evaluation.curves;
  const matrix: [string, string] = ['plots/confusion_matrix.svg', confusionMatrixSvg(matrixOf(evaluation))];
  if (curves.length === 0) return [matrix];
  return [
    matrix,
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
  ];
}
