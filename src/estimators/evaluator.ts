// The rows of the table `predict.ts`: how each kind of estimator is evaluated, by its role.
import type { Frame } from './frame.js';
import type { ClassPrediction, ClusterPrediction, Prediction, ValuePrediction } from './prediction.js';
import type { Classifier, Clusterer, Estimator, Kind, Of, Regressor, Transformer } from './types.js';

/** How an estimator that contains others has them evaluated. */
export interface Parts {
  transform(estimator: Estimator, frame: Frame): Frame;
  predict(estimator: Estimator, frame: Frame): Prediction;
}

interface TransformerRow<E> {
  readonly role: 'transformer';
  readonly transform: (estimator: E, frame: Frame, parts: Parts) => Frame;
}

interface ClassifierRow<E> {
  readonly role: 'classifier';
  /** Whether it has predict_proba. */
  readonly probabilities: boolean;
  readonly predict: (estimator: E, frame: Frame, parts: Parts) => ClassPrediction;
}

interface RegressorRow<E> {
  readonly role: 'regressor';
  readonly predict: (estimator: E, frame: Frame, parts: Parts) => ValuePrediction;
}

interface ClustererRow<E> {
  readonly role: 'clusterer';
  readonly predict: (estimator: E, frame: Frame, parts: Parts) => ClusterPrediction;
}

/** A pipeline has the role of its last step. */
interface PipelineRow<E> {
  readonly role: 'pipeline';
  readonly transform: (estimator: E, frame: Frame, parts: Parts) => Frame;
  readonly predict: (estimator: E, frame: Frame, parts: Parts) => Prediction;
}

export type RowOf<K extends Kind> = K extends Transformer['kind']
  ? TransformerRow<Of<K>>
  : K extends Classifier['kind']
    ? ClassifierRow<Of<K>>
    : K extends Regressor['kind']
      ? RegressorRow<Of<K>>
      : K extends Clusterer['kind']
        ? ClustererRow<Of<K>>
        : PipelineRow<Of<K>>;
