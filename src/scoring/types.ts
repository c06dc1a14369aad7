// What the scoring protocol needs to know of a model, and what it answers.
import type { Table } from '../data/table.js';
import type { Beside } from '../schema/beside.js';
import type { CastResult } from '../schema/cast-types.js';
import type { PyValue } from '../schema/mlflow/python/python-value.js';
import type { Signature } from '../schema/types.js';

/**
 * What Python's `predict` of the same model returns: a table (one object a row), an array (one value or list a row), or named
 * arrays (one object of lists).
 */
export type AnswerForm = 'table' | 'array' | 'arrays';

export interface ScoredModel {
  readonly signature: Signature | null;
  /** Python takes the rows as the type hint of the model says. */
  readonly isTypeHint: boolean;
  readonly form: AnswerForm;
  readonly beside: Beside;
  /** The strict caster of JSON bodies. */
  castJson(body: Uint8Array): CastResult;
  /** One row out per row in. */
  answer(table: Table): Promise<Table>;
  /** The same of what Python would hand to the model. */
  answerPython(data: PyValue): Promise<PyValue>;
}

/** How much a refusal says: values too, only names and kinds, or nothing of the request. */
export type ErrorDetail = 'full' | 'names' | 'none';

export interface ScoringAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly rows: number;
  /** The kind of refusal, for counters; null if the model answered. */
  readonly refused: string | null;
}
