// One-vs-rest precision-recall curves of a classifier as an SVG plot.
import { curvesSvg } from './curves-svg.js';

interface PrecisionRecallCurve {
  readonly label: string;
  /** Recalls, descending as in scikit-learn's precision_recall_curve (ascending is drawn the same). */
  readonly recall: ArrayLike<number>;
  readonly precision: ArrayLike<number>;
  /** sklearn.metrics.average_precision_score; null where the class has no evaluation row. */
  readonly averagePrecision: number | null;
}

export function precisionRecallSvg(plot: {
  readonly curves: readonly PrecisionRecallCurve[];
  readonly rows: number;
}): string {
  return curvesSvg({
    title: 'Precision and recall',
    subtitle: `${plot.curves.length === 1 ? 'Positive class against the other' : 'Each class against the rest'}, ${plot.rows} evaluation rows`,
    xLabel: 'Recall',
    yLabel: 'Precision',
    areaName: 'AP',
    curves: plot.curves.map(({ label, recall, precision, averagePrecision }) => ({
      label,
      x: recall,
      y: precision,
      area: averagePrecision,
    })),
    diagonal: false,
    join: 'steps',
  });
}
