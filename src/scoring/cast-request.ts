// Turns one HTTP request of the scoring protocol into cast rows, or findings, in either mode.
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import { castStrictRequest } from './cast-strict-request.js';

/**
 * `contentType` null: the request had none. In mode `mlflow` the headers are also checked as MLflow's server checks them. A
 * Parquet body is refused in both modes.
 *
 * @example
 * const cast = await castRequest('application/json', body, model.signature, 'strict');
 */
export async function castRequest(
  contentType: string | null,
  body: Uint8Array,
  signature: Signature,
  mode: EnforcementMode,
): Promise<CastResult> {
  if (mode === 'strict') return castStrictRequest(contentType, body, signature).result;
  const { castMlflow } = await import('../schema/cast-mlflow.js');
  return castMlflow(body, contentType, signature);
}
