// The one caster: data of any form in, a table of the signature's types or the list of what is wrong out.
import { castJsonStrict } from './strict/json-document.js';
import type { CastResult, EnforcementMode } from './cast-types.js';
import type { Signature } from './types.js';

export type { CastBatch, CastResult, EnforcementMode, RejectedRow } from './cast-types.js';

/** One request of the scoring protocol: `dataframe_split`, `dataframe_records`, `instances` or `inputs`, and `params`. */
export function castJsonDocument(body: Uint8Array | string, signature: Signature, mode: EnforcementMode = 'strict'): CastResult {
  if (mode === 'mlflow') throw new Error('mlflow mode: not yet');
  return castJsonStrict(body, signature);
}
