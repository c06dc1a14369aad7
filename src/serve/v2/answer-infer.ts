// Turns an inference request into its reply: its columns pass the same caster as all other rows.

import { MlctlError } from '../../errors/error.js';
import { castPlain } from '../../schema/cast-plain.js';
import type { EnforcementMode } from '../../schema/cast-types.js';
import { NO_SIGNATURE } from '../../schema/no-signature.js';
import type { Schema } from '../../schema/types.js';
import { refusalText } from '../../scoring/refusal-text.js';
import type { ErrorDetail } from '../../scoring/types.js';
import type { ServedVersion } from '../types.js';
import { readInferRequest } from './read-infer-request.js';
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
  const signature = version.signature ?? NO_SIGNATURE;
  try {
    const request = readInferRequest(body, signature.inputs);
    const rows = rowsOf(request.columns, signature.inputs);
    const params = signature.params === null ? undefined : request.params;
    const { result } = await castPlain({ rows, params }, signature, how.schema, version.beside);
    if (!result.ok) return refused(refusalText(result, how.errorDetail), result.findings[0]?.code ?? 'SCHEMA_REFUSED');
    const answer = await version.answer(result.table);
    const facts = { model: how.model, version: version.facts.version, id: request.id, outputs: request.outputs };
    return { status: 200, body: writeInferAnswer(answer, facts), rows: answer.rows, refused: null };
  } catch (error) {
    if (!(error instanceof MlctlError) || error.code !== 'DATA_INVALID') throw error;
    return refused(
      how.errorDetail === 'full' ? error.message : 'the request does not follow the protocol',
      'DATA_INVALID',
    );
  }
}

const refused = (message: string, kind: string): InferAnswer => ({
  status: 400,
  body: JSON.stringify({ error: message }),
  rows: 0,
  refused: kind,
});

/** A signature without names takes its inputs by their order, and one tensor without a name is the rows themselves. */
function rowsOf(columns: Readonly<Record<string, readonly unknown[]>>, inputs: Schema | null): unknown {
  const given = Object.values(columns);
  if (inputs === null) return columns;
  if (inputs.kind === 'tensors')
    return inputs.tensors.length === 1 && inputs.tensors[0]!.name === undefined && given.length === 1
      ? given[0]
      : columns;
  if (inputs.columns.some(({ name }) => name !== undefined)) return columns;
  const rows = given.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: rows }, (_, row) => given.map((values) => values[row]));
}
