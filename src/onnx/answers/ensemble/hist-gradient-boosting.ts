// Turns HistGradientBoosting* into one sum of leaves for each column of its raw sums, and its link.
import type {
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from '../../../estimators/ensemble/hist-gradient-boosting.js';
import { stepName } from '../../../estimators/step-name.js';
import type { AnswerRow, GraphLabels } from '../answer-converter.js';
import { above, greatestLabel } from '../labels.js';
import { noExactForm } from '../no-exact-form.js';
import { type Boosting, chancesOf, scoresOf } from './raw-sums.js';

function histBoosting(model: HistGradientBoostingClassifier | HistGradientBoostingRegressor): Boosting {
  const name = stepName(model.kind);
  const { encoder, _predictors, _baseline_prediction } = model;
  if (encoder || _predictors.some((trees) => trees.some(({ set }) => set?.some((own) => own >= 0))))
    throw noExactForm(name, 'it splits by categories');
  return {
    name,
    way: { single: false, refuses: 'nothing' },
    start: _baseline_prediction,
    stages: _predictors.map((trees) => trees.map(({ nodes, value }) => ({ tree: nodes, width: 1, values: value }))),
  };
}

export const HIST_GRADIENT_BOOSTING_CLASSIFIER: AnswerRow<HistGradientBoostingClassifier> = {
  decision_function: (graph, model, features) => scoresOf(graph, features, histBoosting(model)),
  predict_proba: (graph, model, features, parts) => chancesOf(graph, parts.decision_function(model, features), 1),
  predict: (graph, model, features, parts): GraphLabels => {
    const raw = parts.decision_function(model, features);
    const { tensor, width } = model.labels === 'raw' ? raw : chancesOf(graph, raw, 1);
    if (width !== null) return greatestLabel(graph, model.classes_, tensor);
    return { role: 'classifier', classes: model.classes_, codes: above(graph, tensor, 0) };
  },
};

export const HIST_GRADIENT_BOOSTING_REGRESSOR: AnswerRow<HistGradientBoostingRegressor> = {
  predict: (graph, model, features) => {
    const scores = scoresOf(graph, features, histBoosting(model));
    if (model.link === 'identity') return { role: 'regressor', ...scores };
    return { role: 'regressor', ...scores, tensor: graph.node('Exp', [scores.tensor]) };
  },
};
