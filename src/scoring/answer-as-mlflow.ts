// Turns one request of the scoring protocol into the reply of MLflow's own server: its statuses, its words, Python's JSON.
import { scoreRequest } from '../schema/mlflow/wire/score-request.js';
import { formatPredictions } from './format-predictions.js';
import { formatRefusal, INTERNAL_ERROR } from './format-refusal.js';
import type { ErrorDetail, ScoredModel, ScoringAnswer } from './types.js';

export async function answerAsMlflow(
  contentType: string | null,
  body: Uint8Array,
  model: ScoredModel,
  detail: ErrorDetail,
): Promise<ScoringAnswer> {
  const { signature } = model;
  const verdict = scoreRequest(signature, model.isTypeHint, contentType, body);
  if (!verdict.ok) return { ...formatRefusal(verdict, signature, detail !== 'full'), rows: 0, refused: verdict.tmpl };
  const predictions = await model.answerPython(verdict.data);
  const text = formatPredictions(predictions, { unwrapped: verdict.unwrapped });
  if (text === null) return { ...INTERNAL_ERROR, rows: 0, refused: 'output' };
  return { status: 200, contentType: 'application/json', body: text, rows: rowsOf(predictions), refused: null };
}

function rowsOf(predictions: Awaited<ReturnType<ScoredModel['answerPython']>>): number {
  if (Array.isArray(predictions)) return predictions.length;
  if (typeof predictions !== 'object' || predictions === null || !('kind' in predictions)) return 1;
  if (predictions.kind === 'dataframe') return predictions.rows;
  if (predictions.kind === 'ndarray') return predictions.shape[0] ?? 1;
  return 1;
}
