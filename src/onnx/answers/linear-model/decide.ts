// Turns a linear classifier into its scores.
import type { LinearClassifier } from '../../../estimators/linear-model/linear-classifier.js';
import { stepName } from '../../../estimators/step-name.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { GraphScores } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';

export function decide(
  graph: GraphBuilder,
  model: LinearClassifier<string>,
  features: readonly Feature[],
): GraphScores {
  const { coef_, intercept_, kind } = model;
  const tensor = gemm(graph, checkedMatrix(graph, features, stepName(kind)), coef_, intercept_);
  return { tensor, width: intercept_.length === 1 ? null : intercept_.length };
}
