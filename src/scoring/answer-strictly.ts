// Turns one request of the scoring protocol into its reply, by the strict rules of contract §6.

import type { CastResult } from '../schema/cast-types.js';
import { singleGroups } from '../schema/finding-group.js';
import { NO_SIGNATURE } from '../schema/no-signature.js';
import { castStrictRequest } from './cast-strict-request.js';
import { refusalText } from './refusal-text.js';
import type { ErrorDetail, ScoredModel, ScoringAnswer } from './types.js';
import { writeAnswer } from './write-answer.js';

const JSON_TYPE = 'application/json';

type Refused = Extract<CastResult, { ok: false }>;

export async function answerStrictly(
  contentType: string | null,
  body: Uint8Array,
  model: ScoredModel,
  detail: ErrorDetail,
): Promise<ScoringAnswer> {
  const signature = model.signature ?? NO_SIGNATURE;
  const { status, result } = castStrictRequest(contentType, body, signature, model.beside, model.castJson);
  if (!result.ok) {
    const refused = result.findings[0]?.code ?? 'SCHEMA_REFUSED';
    return { status, contentType: JSON_TYPE, body: refusalBody(result, detail), rows: 0, refused };
  }
  const answer = await model.answer(result.table);
  return {
    status: 200,
    contentType: JSON_TYPE,
    body: writeAnswer(answer, model.form),
    rows: answer.rows,
    refused: null,
  };
}

/** As MLflow's clients read it, and the findings besides. */
function refusalBody(refused: Refused, detail: ErrorDetail): string {
  const said = { error_code: 'INVALID_PARAMETER_VALUE', message: refusalText(refused, detail) };
  if (detail === 'none') return JSON.stringify(said);
  const { findings, groups = singleGroups(findings), total } = refused;
  const named = groups.map(({ code, column, count }) => ({ code, ...(column === undefined ? {} : { column }), count }));
  return JSON.stringify({ ...said, findings: detail === 'full' ? findings : named, total });
}
