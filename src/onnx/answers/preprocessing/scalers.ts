// Turns the steps that change number columns one by one, or row by row, into nodes.
import type { Binarizer } from '../../../estimators/preprocessing/binarizer.js';
import type { MaxAbsScaler } from '../../../estimators/preprocessing/max-abs-scaler.js';
import type { Normalizer } from '../../../estimators/preprocessing/normalizer.js';
import type { RobustScaler } from '../../../estimators/preprocessing/robust-scaler.js';
import { type Feature, namesOf, rowsOf } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { asDouble } from '../rows.js';

function scaled(
  graph: GraphBuilder,
  features: readonly Feature[],
  step: string,
  { mean, scale }: { readonly mean: Float64Array | null; readonly scale: Float64Array | null },
): string {
  const shape = [features.length, 1];
  let tensor = checkedMatrix(graph, features, step, 'infinite');
  if (mean) tensor = graph.node('Sub', [tensor, graph.doubles('mean', shape, mean)]);
  if (scale) tensor = graph.node('Div', [tensor, graph.doubles('scale', shape, scale)]);
  return tensor;
}

export const ROBUST_SCALER: AnswerRow<RobustScaler> = {
  transform: (graph, { center_, scale_ }, features) =>
    rowsOf(scaled(graph, features, 'robust_scaler', { mean: center_, scale: scale_ }), namesOf(features)),
};

export const MAX_ABS_SCALER: AnswerRow<MaxAbsScaler> = {
  transform: (graph, { scale_, clip }, features) => {
    const tensor = scaled(graph, features, 'max_abs_scaler', { mean: null, scale: scale_ });
    const bounds = [graph.doubles('low', [], [-1]), graph.doubles('high', [], [1])];
    return rowsOf(clip ? graph.node('Clip', [tensor, ...bounds]) : tensor, namesOf(features));
  },
};

export const BINARIZER: AnswerRow<Binarizer> = {
  transform: (graph, { threshold }, features) => {
    const is = graph.node('Greater', [
      checkedMatrix(graph, features, 'binarizer'),
      graph.doubles('threshold', [], [threshold]),
    ]);
    return rowsOf(asDouble(graph, is), namesOf(features));
  },
};

export const NORMALIZER: AnswerRow<Normalizer> = {
  transform: (graph, { norm }, features) => {
    const matrix = checkedMatrix(graph, features, 'normalizer');
    const size = graph.node('Abs', [matrix]);
    const axes = graph.int64s('axes', [1], [0n]);
    const over = { attributes: { keepdims: 1n } };
    const length =
      norm === 'max'
        ? graph.node('ReduceMax', [size], { attributes: { axes: [0n], keepdims: 1n } })
        : norm === 'l1'
          ? graph.node('ReduceSum', [size, axes], over)
          : graph.node('Sqrt', [graph.node('ReduceSum', [graph.node('Mul', [matrix, matrix]), axes], over)]);
    // a row that is as good as zero stays as it is
    const tiny = graph.node('Less', [length, graph.doubles('least', [], [10 * Number.EPSILON])]);
    const unit = graph.node('Where', [tiny, graph.doubles('one', [], [1]), length]);
    return rowsOf(graph.node('Div', [matrix, unit]), namesOf(features));
  },
};
