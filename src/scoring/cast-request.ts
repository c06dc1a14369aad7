// One HTTP request of the scoring protocol to cast rows, in either mode: the one door for bodies.
import { castDocument } from '../schema/cast.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import { readContentType } from '../schema/mlflow/wire/content-type.js';
import { FindingList } from '../schema/strict/finding-list.js';
import { showText } from '../schema/strict/show.js';
import type { Signature } from '../schema/types.js';

/** One HTTP request to the scoring protocol; null: it had no Content-Type. Parquet bodies are for `openParquetCaster`. */
export async function castRequest(
  contentType: string | null,
  body: Uint8Array,
  signature: Signature,
  mode: EnforcementMode,
): Promise<CastResult> {
  const read = contentType === null ? null : readContentType(contentType);
  if (read?.ok && read.mediaType !== 'application/vnd.apache.parquet') {
    return castDocument(body, read.mediaType === 'text/csv' ? 'csv' : 'json', signature, mode);
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
