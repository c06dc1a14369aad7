// Turns a classifier with a threshold of its own into a comparison with it.

import type { ThresholdClassifier } from '../../../estimators/model-selection/threshold-classifier.js';
import { PARTS } from '../../../estimators/parts.js';
import type { AnswerRow } from '../answer-converter.js';
import { above } from '../labels.js';
import { delegate } from '../pipeline/delegate.js';
import { rowAt } from '../rows.js';

/** It predicts by a threshold of its own. */
export const THRESHOLD: AnswerRow<ThresholdClassifier<string>> = {
  ...delegate<ThresholdClassifier<string>>(({ estimator_ }) => estimator_),
  predict: (graph, model, features, parts) => {
    const { estimator_, response_method, positive, classes_: classes } = model;
    const byChance =
      response_method === 'predict_proba' || (response_method === 'auto' && PARTS.has(estimator_, 'predict_proba'));
    const score = byChance
      ? rowAt(graph, parts.predict_proba(estimator_, features).tensor, positive)
      : parts.decision_function(estimator_, features).tensor;
    const towards = byChance || positive === 1 ? score : graph.node('Neg', [score]);
    const is = above(graph, towards, model.threshold ?? (byChance ? 0.5 : 0), true);
    const codes = positive === 1 ? is : graph.node('Sub', [graph.int64s('one', [], [1n]), is]);
    return { role: 'classifier', classes, codes };
  },
};
