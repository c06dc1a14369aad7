// Turns GradientBoosting* into one sum of leaves for each column of its raw sums, and its link.
import type {
  GradientBoostingClassifier,
  GradientBoostingRegressor,
} from '../../../estimators/ensemble/gradient-boosting.js';
import { rawOfChances } from '../../../estimators/ensemble/raw-of-chances.js';
import { featureCount, type Part } from '../../../estimators/fitted.js';
import { frameOfMatrix } from '../../../estimators/frame-of-matrix.js';
import { PARTS } from '../../../estimators/parts.js';
import { stepName } from '../../../estimators/step-name.js';
import { splitTreeOf } from '../../convert/tree/split-leaves.js';
import type { AnswerRow, GraphLabels } from '../answer-converter.js';
import { above, greatestLabel } from '../labels.js';
import { noExactForm } from '../no-exact-form.js';
import { type Boosting, chancesOf, scoresOf } from './raw-sums.js';

function gradientBoosting(
  model: GradientBoostingClassifier | GradientBoostingRegressor,
  startOf: (init: Part) => ArrayLike<number>,
): Boosting {
  const { kind, init_, estimators_, learning_rate } = model;
  return {
    name: stepName(kind),
    way: { single: true, refuses: 'not finite' },
    start: init_ === 'zero' ? new Float64Array(estimators_[0]!.length) : startOf(init_),
    stages: estimators_.map((trees) =>
      trees.map((tree) => ({ tree: splitTreeOf(tree), width: 1, values: tree.value, scale: learning_rate })),
    ),
  };
}

/** What an estimator that does not look at the features answers: the same for every row. */
function constantFrame(init: Part, name: string) {
  if (init.kind !== 'DummyClassifier' && init.kind !== 'DummyRegressor')
    throw noExactForm(name, `it starts from ${init.kind}`);
  const width = featureCount(init);
  return frameOfMatrix(1, width, new Float64Array(width));
}

function boostedClasses(model: GradientBoostingClassifier): Boosting {
  const width = model.estimators_[0]!.length;
  return gradientBoosting(model, (init) =>
    rawOfChances(PARTS.predict_proba(init, constantFrame(init, stepName(model.kind))), width, model.link),
  );
}

export const GRADIENT_BOOSTING_CLASSIFIER: AnswerRow<GradientBoostingClassifier> = {
  decision_function: (graph, model, features) => scoresOf(graph, features, boostedClasses(model)),
  predict_proba: (graph, model, features, parts) =>
    chancesOf(graph, parts.decision_function(model, features), model.link.factor),
  predict: (graph, model, features, parts): GraphLabels => {
    const raw = parts.decision_function(model, features);
    const { tensor, width } = model.labels === 'raw' ? raw : chancesOf(graph, raw, model.link.factor);
    if (width !== null) return greatestLabel(graph, model.classes_, tensor);
    return { role: 'classifier', classes: model.classes_, codes: above(graph, tensor, 0, true) };
  },
};

export const GRADIENT_BOOSTING_REGRESSOR: AnswerRow<GradientBoostingRegressor> = {
  predict: (graph, model, features) => {
    const boosting = gradientBoosting(model, (init) => {
      const start = PARTS.predict(init, constantFrame(init, stepName(model.kind)));
      if (start.role === 'regressor') return start.values;
      throw noExactForm(stepName(model.kind), `it starts from ${init.kind}`);
    });
    return { role: 'regressor', ...scoresOf(graph, features, boosting) };
  },
};
