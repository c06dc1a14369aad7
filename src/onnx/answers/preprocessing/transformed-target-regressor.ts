// Turns TransformedTargetRegressor into its regressor, and what changes the prediction back.
import type { TransformedTargetRegressor } from '../../../estimators/compose/transformed-target-regressor.js';
import type { Part } from '../../../estimators/fitted.js';
import type { FunctionTransformer } from '../../../estimators/preprocessing/function-transformer.js';
import type { MaxAbsScaler } from '../../../estimators/preprocessing/max-abs-scaler.js';
import type { MinMaxScaler } from '../../../estimators/preprocessing/min-max-scaler.js';
import type { RobustScaler } from '../../../estimators/preprocessing/robust-scaler.js';
import { appliedBy, type StandardScaler } from '../../../estimators/preprocessing/standard-scaler.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { noExactForm } from '../no-exact-form.js';
import { applied } from './applied-function.js';

/** What changes a scaled target [targets, N] back. */
function inverted(graph: GraphBuilder, part: Part, x: string): string {
  const rows = (values: Float64Array) => graph.doubles('scale', [values.length, 1], values);
  const scaled = (mean: Float64Array | null, scale: Float64Array | null): string => {
    const sized = scale ? graph.node('Mul', [x, rows(scale)]) : x;
    return mean ? graph.node('Add', [sized, rows(mean)]) : sized;
  };
  switch (part.kind) {
    case 'FunctionTransformer':
      return applied(graph, (part as FunctionTransformer).inverse_func, x);
    case 'StandardScaler': {
      const { mean, scale } = appliedBy(part as StandardScaler);
      return scaled(mean, scale);
    }
    case 'RobustScaler':
      return scaled((part as RobustScaler).center_, (part as RobustScaler).scale_);
    case 'MaxAbsScaler':
      return scaled(null, (part as MaxAbsScaler).scale_);
    case 'MinMaxScaler': {
      const { min_, scale_ } = part as MinMaxScaler;
      return graph.node('Div', [graph.node('Sub', [x, rows(min_)]), rows(scale_)]);
    }
    default:
      throw noExactForm('TransformedTargetRegressor', `mlctl does not write the inverse of ${part.kind}`);
  }
}

export const TRANSFORMED_TARGET_REGRESSOR: AnswerRow<TransformedTargetRegressor> = {
  predict: (graph, { regressor_, transformer_, training_dim }, features, parts) => {
    const scaled = parts.predict(regressor_, features);
    if (scaled.role !== 'regressor')
      throw noExactForm('TransformedTargetRegressor', `${regressor_.kind} does not predict numbers`);
    const width = scaled.width ?? 1;
    const tensor = inverted(graph, transformer_, scaled.tensor);
    return { role: 'regressor', tensor, width: training_dim === 1 && width === 1 ? null : width };
  },
};
