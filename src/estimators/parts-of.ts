// Turns a table of evaluators into how an estimator is asked, together with all that it contains.
import { MlctlError } from '../errors/error.js';
import type { Method, Parts, Role, Row } from './evaluator.js';
import { log } from './exponential.js';
import type { Part } from './fitted.js';
import { expectWidth, type Frame } from './frame.js';
import type { Scores } from './prediction.js';

type Methods = { readonly [M in Method]: NonNullable<Row<Part>[M]> };

/** The compiler checks the rows where a table is made; it does not follow a kind through a look-up. */
export function partsOf(evaluators: Readonly<Record<string, unknown>>): Parts {
  function rowOf({ kind }: Part): Row<Part> {
    if (!Object.hasOwn(evaluators, kind)) throw new MlctlError('MODEL_UNSUPPORTED', `mlctl does not evaluate ${kind}`);
    return evaluators[kind] as Row<Part>;
  }

  function call<M extends Method>(method: M, part: Part, frame: Frame): ReturnType<Methods[M]> {
    const row = rowOf(part);
    if (!row.anyWidth && method !== 'inverse_transform') expectWidth(frame, part);
    const evaluate = row[method] as Methods[M] | undefined;
    if (evaluate && has(part, method)) return evaluate(part, frame, parts) as ReturnType<Methods[M]>;
    throw new MlctlError('MODEL_UNSUPPORTED', `${part.kind} has no method ${method}`);
  }

  function has(part: Part, method: Method): boolean {
    const row = rowOf(part);
    const made = method === 'predict_log_proba' && row.predict_log_proba === undefined ? 'predict_proba' : method;
    return row[made] !== undefined && (row.has?.(part, made, parts) ?? true);
  }

  function roleOf(part: Part): Role {
    const { role } = rowOf(part);
    return typeof role === 'string' ? role : role(part, parts);
  }

  function logProba(part: Part, frame: Frame): Scores {
    if (rowOf(part).predict_log_proba) return call('predict_log_proba', part, frame);
    const { values, width } = call('predict_proba', part, frame);
    return { values: values.map(log), width };
  }

  const parts: Parts = {
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
  return parts;
}
