// Turns a run and its artifacts into the lineage that was recorded there, and says whether it is what was recorded.
import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import type { Run } from '../tracking/tracking-store.js';
import { lineageOfTags } from './lineage-of-tags.js';
import { LINEAGE_DIGEST_TAG, LINEAGE_FILE, lineageFileOf } from './names.js';
import { parseLineage } from './parse-lineage.js';
import type { Lineage } from './types.js';

export interface ReadLineage {
  readonly lineage: Lineage;
  /** `tags`: there is no artifact that can be read, so the run's tags, params and data sets speak. */
  readonly from: 'artifact' | 'tags';
  /** The artifact that was read, and the digest of its bytes. */
  readonly file: string | null;
  readonly digest: string | null;
  /** The digest that was recorded: on the version or the logged model, else on the run. */
  readonly recorded: string | null;
  /** Why the artifact does not count, or differs from what was recorded. */
  readonly fault: string | null;
}

/** A data set of 100,000 columns has a schema of some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** `outside`: tags of the version and of the logged model, which count before those of the run. Throws what the store throws. */
export async function readLineage(
  run: Run,
  files: ArtifactStore,
  outside: readonly (ReadonlyMap<string, string> | null | undefined)[] = [],
): Promise<ReadLineage> {
  const recorded =
    [...outside, run.tags].map((tags) => tags?.get(LINEAGE_DIGEST_TAG)).find((digest) => digest !== undefined) ?? null;
  let found = await digested(files, LINEAGE_FILE);
  // A model that was logged into a run that was there has a record of its own.
  if (recorded !== null && found?.digest !== recorded)
    found = (await digested(files, lineageFileOf(recorded))) ?? found;
  const fromTags = (fault: string | null): ReadLineage => ({
    lineage: lineageOfTags(run),
    from: 'tags',
    file: found?.file ?? null,
    digest: found?.digest ?? null,
    recorded,
    fault,
  });
  if (found === null) return fromTags(recorded === null ? null : `the run has no ${LINEAGE_FILE} any more`);
  const lineage = parseLineage(found.bytes);
  if (typeof lineage === 'string') return fromTags(`${found.file} cannot be read: ${lineage}`);
  const { file, digest } = found;
  const fault =
    recorded !== null && digest !== recorded ? `${file} has digest ${digest}, and ${recorded} was recorded` : null;
  return { lineage, from: 'artifact', file, digest, recorded, fault };
}

async function digested(
  files: ArtifactStore,
  file: string,
): Promise<{ file: string; bytes: Uint8Array; digest: string } | null> {
  const bytes = await read(files, file);
  return bytes && { file, bytes, digest: `sha256:${sha256(bytes)}` };
}

async function read(files: ArtifactStore, path: string): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of await files.read(path)) {
      size += chunk.byteLength;
      if (size > MOST_BYTES)
        throw new MlctlError('LIMIT_EXCEEDED', `${path} of the run has more than ${MOST_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof MlctlError && error.code === 'ARTIFACT_NOT_FOUND') return null;
    throw error;
  }
  return Buffer.concat(chunks);
}
