// Turns features into the class that near training points hand on (LabelPropagation, LabelSpreading).
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import { type NeighbourIndex, nearestOf } from '../neighbors/neighbour-index.js';
import { kernelMatrix } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { normaliseRows } from '../probabilities/normalise-rows.js';
import { stepName } from '../step-name.js';

export interface LabelPropagation<Kind extends string> extends Fitted<Kind> {
  readonly classes_: AnyLabels;
  /** Row-major, training points × classes. */
  readonly label_distributions_: Float64Array;
  readonly kernel:
    | { readonly name: 'rbf'; readonly gamma: number; readonly X_: Points }
    | { readonly name: 'knn'; readonly n_neighbors: number; readonly index: NeighbourIndex };
}

export function propagatedProbabilities(model: LabelPropagation<string>, frame: Frame): Scores {
  const width = model.classes_.values.length;
  const values = new Float64Array(frame.rows * width);
  const add = (row: number, point: number, weight: number) => {
    for (let k = 0; k < width; k++) values[row * width + k]! += weight * model.label_distributions_[point * width + k]!;
  };
  const step = stepName(model.kind);
  const { kernel } = model;
  if (kernel.name === 'knn') {
    const { indices, count } = nearestOf(kernel.index, frame, kernel.n_neighbors, step);
    for (const [at, point] of indices.entries()) add(Math.floor(at / count), point, 1);
  } else {
    const count = kernel.X_.rows;
    const rbf = { name: 'rbf', gamma: kernel.gamma, degree: 3, coef0: 1 } as const;
    const weights = kernelMatrix(rbf, pointsOf(frame, step), kernel.X_);
    for (const [at, weight] of weights.entries()) add(Math.floor(at / count), at % count, weight);
  }
  normaliseRows(values, width, 'NaN');
  return { values, width };
}

export function predictPropagated(model: LabelPropagation<string>, frame: Frame): ClassPrediction {
  return greatestClasses(model.classes_, propagatedProbabilities(model, frame).values);
}
