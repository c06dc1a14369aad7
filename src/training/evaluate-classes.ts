// Turns the predicted classes of the test rows into metrics, confusion matrix and curves.
import type { ClassLabels } from '../estimators/fitted.js';
import { mean } from '../estimators/pairwise-sum.js';
import type { Work } from '../work.js';
import { type PrecisionRecallCurve, precisionRecallCurve, type RocCurve, rocCurve } from './curves.js';
import { confusionMatrix, labelMetrics, logLoss } from './metrics.js';

/** The curves of one learned class against the rest; null if the test rows have all or none of it. */
interface ClassCurves {
  readonly label: bigint | string;
  readonly roc: RocCurve | null;
  readonly precisionRecall: PrecisionRecallCurve | null;
}

export interface ClassEvaluation {
  readonly role: 'classifier';
  /** val_acc, val_precision, val_recall, val_f1, val_log_loss, val_roc_auc; the last two are left out if they are not defined. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly confusion: {
    /** All classes of the data, sorted. */
    readonly labels: readonly (bigint | string)[];
    /** Row-major: true × predicted. */
    readonly counts: Int32Array;
  };
  readonly curves: readonly ClassCurves[];
  readonly warnings: readonly string[];
}

interface PredictedClasses {
  /** The classes of the model, which are those of the columns of `probabilities`. */
  readonly learned: ClassLabels;
  /** Position of each row's predicted label in `classes`. */
  readonly codes: Int32Array;
  /** Row-major, rows × learned classes. */
  readonly probabilities: Float64Array | null;
}

/** `actual[i]` is the position of test row i's class in `classes`, which also holds the learned ones. */
export function* evaluateClasses(
  classes: ClassLabels,
  actual: Int32Array,
  { learned, codes, probabilities }: PredictedClasses,
): Work<ClassEvaluation> {
  const labels = classes.values as readonly (bigint | string)[];
  const learnedLabels = learned.values as readonly (bigint | string)[];
  const placeOf = new Map(labels.map((label, place) => [label, place]));
  const counts = confusionMatrix(actual, codes, labels.length);
  const { accuracy, precision, recall, f1 } = labelMetrics(counts, labels.length);
  const metrics = new Map([
    ['val_acc', accuracy],
    ['val_precision', precision],
    ['val_recall', recall],
    ['val_f1', f1],
  ]);
  const warnings: string[] = [];
  const curves: ClassCurves[] = [];
  if (probabilities) {
    const columnOf = new Int32Array(labels.length).fill(-1);
    learnedLabels.forEach((label, column) => {
      columnOf[placeOf.get(label)!] = column;
    });
    const unseen = actual.find((place) => columnOf[place] === -1);
    if (unseen === undefined)
      metrics.set(
        'val_log_loss',
        logLoss(
          actual.map((place) => columnOf[place]!),
          probabilities,
          learnedLabels.length,
        ),
      );
    else
      warnings.push(
        `the class ${JSON.stringify(String(labels[unseen]))} is in the test rows but not in the training rows, so val_log_loss and val_roc_auc are left out; set split.stratify: true`,
      );
    for (const [column, label] of learnedLabels.entries()) {
      yield;
      const place = placeOf.get(label)!;
      const positive = Uint8Array.from(actual, (k) => (k === place ? 1 : 0));
      const scores = Float64Array.from(positive, (_, i) => probabilities[i * learnedLabels.length + column]!);
      curves.push({ label, roc: rocCurve(positive, scores), precisionRecall: precisionRecallCurve(positive, scores) });
    }
    const area = unseen === undefined ? areaOf(curves) : null;
    if (typeof area === 'number') metrics.set('val_roc_auc', area);
    else if (area) warnings.push(area);
  }
  return { role: 'classifier', metrics, confusion: { labels, counts }, curves, warnings };
}

/**
 * sklearn.metrics.roc_auc_score: of the second class if there are two, else the mean over the classes (multi_class='ovr',
 * average='macro'). A text says why it is not defined.
 */
function areaOf(curves: readonly ClassCurves[]): number | string {
  const areas = curves.map(({ roc }) => roc?.area);
  const without = areas.indexOf(undefined);
  if (without >= 0)
    return `the test rows have all or none of the class ${JSON.stringify(String(curves[without]!.label))}, so val_roc_auc is left out; raise split.test_size, or set split.stratify: true`;
  return areas.length === 2 ? areas[1]! : mean(Float64Array.from(areas as number[]));
}
