// The names under which lineage is kept: an artifact of the run, and digests as tags.

/** The artifact of the run that holds all of the lineage, as canonical JSON. */
export const LINEAGE_FILE = 'lineage.json';
/** Digest of that artifact: a tag of the run, of the logged model and of the version. */
export const LINEAGE_DIGEST_TAG = 'mlctl.lineage_digest';
/** Digests of params, metrics and tags as when the run ended: a tag of the logged model and of the version, so outside of the run. */
export const RUN_DIGEST_TAG = 'mlctl.run_digest';

/** A run that was there before may already hold the lineage of another model, so the name of the artifact has the digest in it. */
export const lineageFileOf = (digest: string): string =>
  `lineage/${digest.slice('sha256:'.length, 'sha256:'.length + 16)}.json`;
