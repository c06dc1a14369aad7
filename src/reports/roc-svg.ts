// One-vs-rest ROC curves of a classifier as an SVG plot.
import { curvesSvg } from './curves-svg.js';

interface RocCurve {
  readonly label: string;
  /** False positive rates, ascending, from 0 to 1. */
  readonly fpr: ArrayLike<number>;
  /** True positive rates, one for each of them. */
  readonly tpr: ArrayLike<number>;
  /** Null where the evaluation rows hold only one kind, so that there is no curve. */
  readonly auc: number | null;
}

export function rocSvg(plot: { readonly curves: readonly RocCurve[]; readonly rows: number }): string {
  return curvesSvg({
    title: 'ROC curve',
    subtitle: `${plot.curves.length === 1 ? 'Positive class against the other' : 'Each class against the rest'}, ${plot.rows} evaluation rows`,
    xLabel: 'False positive rate',
    yLabel: 'True positive rate',
    areaName: 'AUC',
    curves: plot.curves.map(({ label, fpr, tpr, auc }) => ({ label, x: fpr, y: tpr, area: auc })),
    diagonal: true,
    join: 'line',
  });
}
