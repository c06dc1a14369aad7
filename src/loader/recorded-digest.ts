// Turns the tags recorded when a model was logged into its digests: which tags, of whom, and which of them counts (contract §4).

import type { DigestPair } from '../model/types.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { Tags } from '../tracking/store.js';
import type { LoggedModel, Run } from '../tracking/tracking-store.js';

export const PACKAGE_DIGEST_TAG = 'mlctl.package_digest';
export const PAYLOAD_DIGEST_TAG = 'mlctl.payload_digest';
/** The folder in the run's artifacts that the run's own digest tags are about. */
export const MODEL_FOLDER = 'model';

export interface RecordedDigest extends DigestPair {
  readonly source: 'registry' | 'run';
}

function fromTags(tags: Tags | undefined, source: RecordedDigest['source']): RecordedDigest | null {
  const digest = tags?.get(PACKAGE_DIGEST_TAG);
  return digest === undefined ? null : { package: digest, payload: tags?.get(PAYLOAD_DIGEST_TAG) ?? null, source };
}

/**
 * The registry's digest first, then the logged model's, then the run's. The run's tags are about its own `model` folder, or about
 * the only logged model that it made: `runSpeaks` says whether that is the model resolved.
 */
export function recordedDigest(of: {
  readonly version?: ModelVersion | null;
  readonly model?: LoggedModel | null;
  readonly run?: Run | null;
  readonly runSpeaks: boolean;
}): RecordedDigest | null {
  return (
    fromTags(of.version?.tags, 'registry') ??
    fromTags(of.model?.tags, 'run') ??
    (of.runSpeaks ? fromTags(of.run?.tags, 'run') : null)
  );
}
