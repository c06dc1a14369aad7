// Turns features into the class that most near training points have (KNeighborsClassifier and RadiusNeighborsClassifier).
import { MlctlError } from '../../errors/error.js';
import type { AnyLabels, Fitted, Label } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import type { ClassPrediction, Prediction, Scores } from '../prediction.js';
import { normaliseRows } from '../probabilities/normalise-rows.js';
import { stepName } from '../step-name.js';
import { type NeighbourIndex, nearestOf, type Within, withinOf } from './neighbour-index.js';
import { type Weights, weigh } from './neighbour-weights.js';

interface NeighboursClassifier<Kind extends string> extends Fitted<Kind> {
  readonly index: NeighbourIndex;
  readonly weights: Weights;
  /** The classes of each target. */
  readonly outputs: readonly AnyLabels[];
  /** Whether the target had two dimensions, so that the answer has them. */
  readonly outputs_2d_: boolean;
  /** Row-major, training points × targets: places in the classes. */
  readonly _y: Int32Array;
}

export interface KNeighborsClassifier extends NeighboursClassifier<'KNeighborsClassifier'> {
  readonly n_neighbors: number;
}

/** What a row without neighbours gets. */
export interface OutlierLabel {
  readonly label: Label;
  /** The class that gets the probability 1; −1 if none does. */
  readonly place: number;
}

export interface RadiusNeighborsClassifier extends NeighboursClassifier<'RadiusNeighborsClassifier'> {
  readonly radius: number;
  /** One a target; null if such a row is an error. */
  readonly outliers: readonly OutlierLabel[] | null;
}

type AnyClassifier = KNeighborsClassifier | RadiusNeighborsClassifier;

export function predictNeighboursClassifier(model: AnyClassifier, frame: Frame): Prediction {
  const found = neighboursOf(model, frame);
  const outputs = model.outputs.map((classes, k): ClassPrediction => {
    return greatestClasses(classes, sharesOf(model, found, k));
  });
  const made = model.kind === 'RadiusNeighborsClassifier' ? withOutliers(model, found, outputs) : outputs;
  return model.outputs_2d_ ? { role: 'outputs', outputs: made } : made[0]!;
}

export function neighbourProbabilities(model: AnyClassifier, frame: Frame): Scores {
  if (model.outputs_2d_)
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `${model.kind} of several targets has one table of probabilities a target`,
    );
  return { values: sharesOf(model, neighboursOf(model, frame), 0), width: model.outputs[0]!.values.length };
}

function neighboursOf(model: AnyClassifier, frame: Frame): Within {
  const step = stepName(model.kind);
  const found =
    model.kind === 'KNeighborsClassifier' ? nearestRows(model, frame, step) : withinRows(model, frame, step);
  for (let i = 0; i < frame.rows; i++) weigh(found.distances, found.indptr[i]!, found.indptr[i + 1]!, model.weights);
  return found;
}

function nearestRows({ index, n_neighbors }: KNeighborsClassifier, frame: Frame, step: string): Within {
  const { count, indices, distances } = nearestOf(index, frame, n_neighbors, step);
  return { indptr: Int32Array.from({ length: frame.rows + 1 }, (_, i) => i * count), indices, distances };
}

function withinRows({ index, radius, outliers }: RadiusNeighborsClassifier, frame: Frame, step: string): Within {
  const found = withinOf(index, frame, radius, step);
  if (outliers === null)
    for (let i = 0; i < frame.rows; i++)
      if (found.indptr[i] === found.indptr[i + 1])
        throw new MlctlError(
          'DATA_INVALID',
          `${step}: row ${i + 1} has no training point within the radius ${radius}`,
          {
            hint: 'set outlier_label in Python, or leave such rows out',
          },
        );
  return found;
}

/** The share of each class in the weights of the neighbours, rows × classes. */
function sharesOf(model: AnyClassifier, { indptr, indices, distances }: Within, output: number): Float64Array {
  const width = model.outputs[output]!.values.length;
  const targets = model.outputs.length;
  const rows = indptr.length - 1;
  const values = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const [from, to] = [indptr[i]!, indptr[i + 1]!];
    for (let at = from; at < to; at++)
      values[i * width + model._y[indices[at]! * targets + output]!]! += distances[at]!;
    if (from === to && model.kind === 'RadiusNeighborsClassifier') {
      const place = model.outliers?.[output]?.place ?? -1;
      if (place >= 0) values[i * width + place] = 1;
    }
  }
  normaliseRows(values, width, model.kind === 'RadiusNeighborsClassifier' ? 'zero' : 'NaN');
  return values;
}

/** A row of zeros gets the outlier's label, which need not be one of the classes. */
function withOutliers(
  { outliers }: RadiusNeighborsClassifier,
  { indptr }: Within,
  outputs: readonly ClassPrediction[],
): ClassPrediction[] {
  return outputs.map((output, k) => {
    const outlier = outliers?.[k];
    if (!outlier) return output;
    const known = (output.classes.values as readonly Label[]).indexOf(outlier.label);
    const place = known < 0 ? output.classes.values.length : known;
    const values = known < 0 ? [...output.classes.values, outlier.label] : output.classes.values;
    const codes = output.codes.map((code, i) =>
      indptr[i] === indptr[i + 1] ? (outlier.place >= 0 ? outlier.place : place) : code,
    );
    return { role: 'classifier', classes: { ...output.classes, values } as AnyLabels, codes };
  });
}
