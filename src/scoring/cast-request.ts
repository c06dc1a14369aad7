// Turns one HTTP request of the scoring protocol into cast rows, or findings, in either mode; every body passes through here.
import { castCsv, castJsonDocument } from '../schema/cast.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import { readContentType } from '../schema/mlflow/wire/read-content-type.js';
import { FindingList } from '../schema/strict/finding-list.js';
import { showText } from '../schema/strict/show.js';
import type { Signature } from '../schema/types.js';

/**
 * `contentType` null: the request had none. In mode `mlflow` the headers are also checked as MLflow's server checks them. A
 * Parquet body is refused in both modes.
 */
export async function castRequest(
  contentType: string | null,
  body: Uint8Array,
  signature: Signature,
  mode: EnforcementMode,
): Promise<CastResult> {
  if (mode === 'mlflow') {
    const { castMlflow } = await import('../schema/cast-mlflow.js');
    return castMlflow(body, contentType, signature);
  }
  const read = contentType === null ? null : readContentType(contentType);
  if (read?.ok && read.mediaType !== 'application/vnd.apache.parquet') {
    return read.mediaType === 'text/csv' ? castCsv(body, signature) : castJsonDocument(body, signature);
  }
  const findings = new FindingList();
  findings.say(
    'SCHEMA_PROTOCOL',
    read === null ? 'the request has no Content-Type' : read.ok ? 'Parquet is not read from a request' : read.message,
    {
      found: contentType === null ? 'no Content-Type' : showText(contentType),
      expected: 'application/json or text/csv',
    },
  );
  return findings.failed();
}
