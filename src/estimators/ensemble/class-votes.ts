// Turns what an estimator inside an ensemble predicts into places among the classes of the ensemble.
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { AnyLabels, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { labelPlaces } from '../label-places.js';
import type { Prediction } from '../prediction.js';

/** One place a row; −1 for a label that is not among the classes. */
export function classVotes(part: Part, frame: Frame, classes: AnyLabels, parts: Parts): Int32Array {
  const prediction: Prediction = parts.predict(part, frame);
  switch (prediction.role) {
    case 'classifier': {
      const places = labelPlaces(prediction.classes, classes);
      return prediction.codes.map((code) => places[code]!);
    }
    case 'clusterer':
      return placesOf(prediction.clusters, classes);
    case 'regressor':
      return placesOf(prediction.values, classes);
    case 'outputs':
      throw new MlctlError('MODEL_UNSUPPORTED', `${part.kind} predicts several targets inside an ensemble of one`);
  }
}

function placesOf(values: ArrayLike<number | bigint>, classes: AnyLabels): Int32Array {
  return labelPlaces({ type: 'double', values: Array.from(values, Number) }, classes);
}
