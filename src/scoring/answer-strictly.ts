// Turns one request of the scoring protocol into its reply, by the strict rules of contract §6.

import type { CastResult } from '../schema/cast-types.js';
import { type FindingGroup, groupText, singleGroups } from '../schema/finding-group.js';
import type { Signature } from '../schema/types.js';
import { castStrictRequest } from './cast-strict-request.js';
import type { ErrorDetail, ScoredModel, ScoringAnswer } from './types.js';
import { writeAnswer } from './write-answer.js';

const NO_SIGNATURE: Signature = { inputs: null, outputs: null, params: null };
const JSON_TYPE = 'application/json';

type Refused = Extract<CastResult, { ok: false }>;

export async function answerStrictly(
  contentType: string | null,
  body: Uint8Array,
  model: ScoredModel,
  detail: ErrorDetail,
): Promise<ScoringAnswer> {
  const { status, result } = castStrictRequest(contentType, body, model.signature ?? NO_SIGNATURE, model.beside);
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

const MOST_SHOWN = 5;

/** As MLflow's clients read it, and the findings besides. */
function refusalBody({ findings, groups = singleGroups(findings), total }: Refused, detail: ErrorDetail): string {
  const code = { error_code: 'INVALID_PARAMETER_VALUE' };
  const places = total === 1 ? '' : ` in ${total} places`;
  const broken = `the rows break the signature${places}`;
  if (detail === 'none') return JSON.stringify({ ...code, message: broken });
  const said = groups.slice(0, MOST_SHOWN).map((group) => (detail === 'full' ? groupText(group) : namesOf(group)));
  const rest = groups.length > MOST_SHOWN ? `; and ${groups.length - MOST_SHOWN} more` : '';
  const message = `${broken}: ${said.join('; ')}${rest}`;
  const shown =
    detail === 'full'
      ? findings
      : groups.map(({ code: kind, column, count }) => ({
          code: kind,
          ...(column === undefined ? {} : { column }),
          count,
        }));
  return JSON.stringify({ ...code, message, findings: shown, total });
}

/** What is wrong without any value of the request. */
function namesOf({ code, column, count, kind }: FindingGroup): string {
  return `${column === undefined ? '' : `column ${JSON.stringify(column)}: `}${count} × ${kind ?? code}`;
}
