// Turns an estimator and a table into its answer, in the estimator's own precision.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { answerTable } from './answer.js';
import type { Method, Parts, Role, Row } from './evaluator.js';
import { EVALUATORS } from './evaluators.js';
import { log } from './exponential.js';
import type { Part } from './fitted.js';
import { expectWidth, type Frame, frameOf } from './frame.js';
import type { Prediction, Scores } from './prediction.js';

/** The row of a kind, typed as the row of any; the compiler does not follow a kind through a look-up. */
function rowOf({ kind }: Part): Row<Part> {
  if (!Object.hasOwn(EVALUATORS, kind)) throw new MlctlError('MODEL_UNSUPPORTED', `mlctl does not evaluate ${kind}`);
  return EVALUATORS[kind as keyof typeof EVALUATORS] as unknown as Row<Part>;
}

type Methods = { readonly [M in Method]: NonNullable<Row<Part>[M]> };

function call<M extends Method>(method: M, part: Part, frame: Frame): ReturnType<Methods[M]> {
  const row = rowOf(part);
  if (!row.anyWidth && method !== 'inverse_transform') expectWidth(frame, part);
  const evaluate = row[method] as Methods[M] | undefined;
  if (evaluate && has(part, method)) return evaluate(part, frame, PARTS) as ReturnType<Methods[M]>;
  throw new MlctlError('MODEL_UNSUPPORTED', `${part.kind} has no method ${method}`);
}

function has(part: Part, method: Method): boolean {
  const row = rowOf(part);
  const made = method === 'predict_log_proba' && row.predict_log_proba === undefined ? 'predict_proba' : method;
  return row[made] !== undefined && (row.has?.(part, made, PARTS) ?? true);
}

function roleOf(part: Part): Role {
  const { role } = rowOf(part);
  return typeof role === 'string' ? role : role(part, PARTS);
}

function logProba(part: Part, frame: Frame): Scores {
  if (rowOf(part).predict_log_proba) return call('predict_log_proba', part, frame);
  const { values, width } = call('predict_proba', part, frame);
  return { values: values.map(log), width };
}

export const PARTS: Parts = {
  transform: (part, frame) => call('transform', part, frame),
  inverse_transform: (part, frame) => call('inverse_transform', part, frame),
  predict: (part, frame) => call('predict', part, frame),
  predict_proba: (part, frame) => call('predict_proba', part, frame),
  predict_log_proba: logProba,
  decision_function: (part, frame) => call('decision_function', part, frame),
  score_samples: (part, frame) => call('score_samples', part, frame),
  predict_joint_log_proba: (part, frame) => call('predict_joint_log_proba', part, frame),
  has,
  roleOf,
};

export const transformFrame = (part: Part, frame: Frame): Frame => PARTS.transform(part, frame);

/** A classifier's probabilities come along, if it has them. */
export function predictFrame(part: Part, frame: Frame): Prediction & { readonly probabilities: Float64Array | null } {
  const prediction = PARTS.predict(part, frame);
  const probabilities =
    prediction.role === 'classifier' && has(part, 'predict_proba') ? PARTS.predict_proba(part, frame).values : null;
  return { ...prediction, probabilities };
}

/**
 * The answer that an opened model gives: `label` and `probability_<class>` of a classifier, `prediction` of a regressor,
 * `cluster` of a clusterer. Columns that the estimator does not take are ignored.
 */
export function predict(part: Part, table: Table): Table {
  return answerTable(predictFrame(part, frameOf(table, part)), table.rows);
}
