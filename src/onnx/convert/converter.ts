// The rows of the table `table.ts`: how each kind of estimator is written into a graph, by its role.
import type { Part } from '../../estimators/fitted.js';
import type { Kind, Of, Transformer } from '../../estimators/types.js';
import type { Work } from '../../work.js';
import type { Feature } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

/** How an estimator that contains others has them written. */
export interface Parts {
  transform(estimator: Part, features: readonly Feature[]): Feature[];
  predict(estimator: Part, features: readonly Feature[]): Work<void>;
}

export type TransformConverter<E> = (
  graph: GraphBuilder,
  estimator: E,
  features: readonly Feature[],
  parts: Parts,
) => Feature[];

/** Makes the graph's outputs, under the names of `answerColumns`; in parts if there may be much to write. */
export type PredictConverter<E> = (
  graph: GraphBuilder,
  estimator: E,
  features: readonly Feature[],
  parts: Parts,
) => Work<void> | void;

export type ConverterOf<K extends Kind> = K extends Transformer['kind']
  ? { readonly transform: TransformConverter<Of<K>> }
  : K extends 'Pipeline'
    ? { readonly transform: TransformConverter<Of<K>>; readonly predict: PredictConverter<Of<K>> }
    : { readonly predict: PredictConverter<Of<K>> };
