// Turns an inference request into its reply: its columns pass the same caster as all other rows.

import { MlctlError } from '../../errors/error.js';
import { castPlain } from '../../schema/cast-plain.js';
import type { EnforcementMode } from '../../schema/cast-types.js';
import { NO_SIGNATURE } from '../../schema/no-signature.js';
import { refusalText } from '../../scoring/refusal-text.js';
import type { ErrorDetail } from '../../scoring/types.js';
import type { ServedVersion } from '../types.js';
import { readGiven } from './infer-caster.js';
import { writeInferAnswer } from './write-infer-answer.js';

interface InferAnswer {
  readonly status: number;
  readonly body: string;
  readonly rows: number;
  readonly refused: string | null;
}

interface How {
  readonly model: string;
  readonly schema: EnforcementMode;
  readonly errorDetail: ErrorDetail;
}

export async function answerInfer(body: Uint8Array, version: ServedVersion, how: How): Promise<InferAnswer> {
  try {
    const result = how.schema === 'strict' ? version.castInfer(body) : await castLikeMlflow(body, version);
    if (!result.ok) return refused(refusalText(result, how.errorDetail), result.findings[0]?.code ?? 'SCHEMA_REFUSED');
    const answer = await version.answer(result.table);
    const facts = { model: how.model, version: version.facts.version, id: result.id, outputs: result.outputs };
    return { status: 200, body: writeInferAnswer(answer, facts), rows: answer.rows, refused: null };
  } catch (error) {
    if (!(error instanceof MlctlError) || error.code !== 'DATA_INVALID') throw error;
    return refused(
      how.errorDetail === 'full' ? error.message : 'the request does not follow the protocol',
      'DATA_INVALID',
    );
  }
}

async function castLikeMlflow(body: Uint8Array, version: ServedVersion) {
  const signature = version.signature ?? NO_SIGNATURE;
  const { given, id, outputs } = readGiven(body, signature);
  const { result } = await castPlain(given, signature, 'mlflow', version.beside);
  return result.ok ? { ...result, id, outputs } : result;
}

const refused = (message: string, kind: string): InferAnswer => ({
  status: 400,
  body: JSON.stringify({ error: message }),
  rows: 0,
  refused: kind,
});
