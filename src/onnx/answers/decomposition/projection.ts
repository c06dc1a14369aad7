// Turns PCA and its like into one Gemm, centred before and scaled afterwards.
import type { Projection } from '../../../estimators/decomposition/projection.js';
import { stepName } from '../../../estimators/step-name.js';
import { type Feature, rowsOf } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';
import { noExactForm } from '../no-exact-form.js';

function project(graph: GraphBuilder, model: Projection<string>, matrix: string, offset: Float64Array): Feature[] {
  const { components_, n_components: count, scale, kind } = model;
  if (count === 0) throw noExactForm(stepName(kind), 'it has no components');
  const product = gemm(graph, matrix, components_, offset);
  const tensor = scale ? graph.node('Div', [product, graph.doubles('scale', [count, 1], scale)]) : product;
  return rowsOf(
    tensor,
    Array.from({ length: count }, (_, k) => `${stepName(kind)}${k}`),
  );
}

/** The mean is taken from the products. */
export const PROJECTION: AnswerRow<Projection<string>> = {
  transform: (graph, model, features) => {
    const { components_, n_components: count, mean_, kind } = model;
    const width = features.length;
    const offset = new Float64Array(count);
    if (mean_)
      for (let k = 0; k < count; k++)
        for (let j = 0; j < width; j++) offset[k]! -= mean_[j]! * components_[k * width + j]!;
    return project(graph, model, checkedMatrix(graph, features, stepName(kind)), offset);
  },
};

/** The mean is taken from each row first, as the classes do that take dense data only. */
export const CENTRED_PROJECTION: AnswerRow<Projection<string>> = {
  transform: (graph, model, features) => {
    const matrix = checkedMatrix(graph, features, stepName(model.kind));
    const { mean_, n_components: count } = model;
    const centred = mean_ ? graph.node('Sub', [matrix, graph.doubles('mean', [mean_.length, 1], mean_)]) : matrix;
    return project(graph, model, centred, new Float64Array(count));
  },
};
