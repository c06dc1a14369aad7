// Turns the linear regressors of scikit-learn into one Gemm, and a link.
import type { GlmRegressor } from '../../../estimators/linear-model/glm-regressor.js';
import type { LinearRegressor } from '../../../estimators/linear-model/linear-regression.js';
import { stepName } from '../../../estimators/step-name.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphScores } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';

function regress(
  graph: GraphBuilder,
  model: LinearRegressor<string>,
  features: readonly Feature[],
): { readonly role: 'regressor' } & GraphScores {
  const { coef_, intercept_, kind } = model;
  const single = typeof intercept_ === 'number';
  const tensor = gemm(graph, checkedMatrix(graph, features, stepName(kind)), coef_, single ? [intercept_] : intercept_);
  return { role: 'regressor', tensor, width: single ? null : intercept_.length };
}

export const LINEAR_REGRESSOR: AnswerRow<LinearRegressor<string>> = { predict: regress };

export const GLM_REGRESSOR: AnswerRow<GlmRegressor<string>> = {
  predict: (graph, model, features) => {
    const linear = regress(graph, model, features);
    return model.link === 'identity' ? linear : { ...linear, tensor: graph.node('Exp', [linear.tensor]) };
  },
};
