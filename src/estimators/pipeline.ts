// A table to predictions, by a fitted pipeline, in float64.
import type { Table } from '../data/table.js';
import { type Frame, frameOf, matrixOf } from './frame.js';
import { predictLogisticRegression } from './logistic-regression.js';
import { transformMinMaxScaler } from './min-max-scaler.js';
import { transformOneHotEncoder } from './one-hot-encoder.js';
import { transformSimpleImputer } from './simple-imputer.js';
import { transformStandardScaler } from './standard-scaler.js';
import type { FittedPipeline, Prediction, Transformer } from './types.js';

/** Columns of the table that the pipeline does not take are not looked at. */
export function predictPipeline(pipeline: FittedPipeline, table: Table): Prediction {
  let frame = frameOf(table, pipeline.inputs);
  for (const step of pipeline.steps) frame = transformFrame(step, frame);
  const { predictor } = pipeline;
  return predictLogisticRegression(predictor, matrixOf(frame, predictor.features, predictor.kind), frame.rows);
}

export function transformFrame(step: Transformer, frame: Frame): Frame {
  switch (step.kind) {
    case 'standard_scaler':
      return transformStandardScaler(step, frame);
    case 'min_max_scaler':
      return transformMinMaxScaler(step, frame);
    case 'simple_imputer':
      return transformSimpleImputer(step, frame);
    case 'one_hot_encoder':
      return transformOneHotEncoder(step, frame);
  }
}
