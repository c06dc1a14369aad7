// Turns features into the class that near training points hand on (LabelPropagation, LabelSpreading).
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import { type NeighbourIndex, nearestOf } from '../neighbors/neighbour-index.js';
import { kernelMatrix } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import type { ClassPrediction, Scores } from '../prediction.js';
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
  for (let from = 0; from < values.length; from += width) {
    let sum = 0;
    for (let k = from; k < from + width; k++) sum += values[k]!;
    for (let k = from; k < from + width; k++) values[k] = values[k]! / sum;
  }
  return { values, width };
}

export function predictPropagated(model: LabelPropagation<string>, frame: Frame): ClassPrediction {
  const { values, width } = propagatedProbabilities(model, frame);
  const codes = Int32Array.from({ length: frame.rows }, (_, i) => greatest(values, i * width!, width!));
  return { role: 'classifier', classes: model.classes_, codes };
}
