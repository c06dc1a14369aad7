// Turns any data into labels and probabilities that do not depend on it (sklearn.dummy.DummyClassifier).
import type { Method } from '../evaluator.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ClassPrediction, Prediction, Scores } from '../prediction.js';

export interface DummyClassifier extends Fitted<'DummyClassifier'> {
  readonly outputs: readonly DummyOutput[];
  /** The target had two dimensions. */
  readonly several: boolean;
}

interface DummyOutput {
  /** The one label that it answers. */
  readonly answer: AnyLabels;
  /** Of each class of `classes_`. */
  readonly probabilities: Float64Array;
}

export function predictDummyClassifier({ outputs, several }: DummyClassifier, { rows }: Frame): Prediction {
  const predictions = outputs.map(
    ({ answer }): ClassPrediction => ({ role: 'classifier', classes: answer, codes: new Int32Array(rows) }),
  );
  return several ? { role: 'outputs', outputs: predictions } : predictions[0]!;
}

export function dummyProbabilities({ outputs }: DummyClassifier, { rows }: Frame): Scores {
  const { probabilities } = outputs[0]!;
  const width = probabilities.length;
  const values = new Float64Array(rows * width);
  for (let at = 0; at < values.length; at += width) values.set(probabilities, at);
  return { values, width };
}

/** Python answers a list of arrays for several targets. */
export const hasDummyMethod = ({ several }: DummyClassifier, method: Method): boolean =>
  method !== 'predict_proba' || !several;
