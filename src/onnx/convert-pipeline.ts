// A fitted pipeline → the bytes of an ONNX model: one input a column, one 1-D output per output column, float64 throughout.
import type { FittedPipeline, Predictor, Transformer } from '../estimators/types.js';
import type { Feature } from './convert/features.js';
import { GraphBuilder } from './convert/graph-builder.js';
import { checkNames, inputFeatures, inputInfos } from './convert/inputs.js';
import { convertLogisticRegression, logisticRegressionOutputs } from './convert/logistic-regression.js';
import { convertMinMaxScaler } from './convert/min-max-scaler.js';
import { convertOneHotEncoder } from './convert/one-hot-encoder.js';
import { convertSimpleImputer } from './convert/simple-imputer.js';
import { convertStandardScaler } from './convert/standard-scaler.js';
import { encodeModel } from './encode-model.js';
import type { ValueInfoProto } from './graph.js';

type Convert<Step> = (graph: GraphBuilder, step: Step, features: readonly Feature[]) => Feature[];

const TRANSFORMERS: { readonly [Kind in Transformer['kind']]: Convert<Extract<Transformer, { kind: Kind }>> } = {
  standard_scaler: convertStandardScaler,
  min_max_scaler: convertMinMaxScaler,
  simple_imputer: convertSimpleImputer,
  one_hot_encoder: convertOneHotEncoder,
};

interface PredictorConverter<Model> {
  readonly outputs: (model: Model) => ValueInfoProto[];
  readonly convert: (graph: GraphBuilder, model: Model, features: readonly Feature[]) => void;
}

const PREDICTORS: { readonly [Kind in Predictor['kind']]: PredictorConverter<Extract<Predictor, { kind: Kind }>> } = {
  logistic_regression: { outputs: logisticRegressionOutputs, convert: convertLogisticRegression },
};

export function convertPipeline(pipeline: FittedPipeline): Uint8Array {
  const { inputs, steps, predictor } = pipeline;
  const predict = PREDICTORS[predictor.kind];
  const outputs = predict.outputs(predictor);
  const names = [...inputs.map((column) => column.name), ...outputs.map((output) => output.name ?? '')];
  checkNames(names.slice(0, inputs.length), names.slice(inputs.length));
  const graph = new GraphBuilder(names);
  let features = inputFeatures(graph, inputs);
  for (const step of steps) features = (TRANSFORMERS[step.kind] as Convert<Transformer>)(graph, step, features);
  predict.convert(graph, predictor, features);
  return encodeModel({
    irVersion: 9n,
    producerName: 'mlctl',
    graph: graph.finish('pipeline', inputInfos(inputs), outputs),
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  });
}
