// Turns a bundle into the source of an audit: no store is asked, and what can be computed from its files is computed again.
import { join } from 'node:path';
import { openArtifacts } from '../artifacts/open.js';
import type { AuditSource } from '../checks/audit-facts.js';
import { evaluationOf } from '../checks/evidence/evaluation-of.js';
import { openRequest, type StoreTools } from '../checks/store-tools.js';
import { openPackage } from '../inference/open-package.js';
import type { OpenModel } from '../inference/types.js';
import { GOLDEN_TAG } from '../loader/golden-tag.js';
import { isKnownPackage } from '../loader/known-packages.js';
import { recordedDigest } from '../loader/recorded-digest.js';
import { recordedFiles } from '../loader/recorded-files.js';
import { readSignatureAt } from '../loader/signed-folder.js';
import { disagreeingDigests, doubtsOf } from '../loader/standing.js';
import { verifyFiles } from '../loader/verify-package.js';
import type { World } from '../world.js';
import type { ReadBundle } from './read-bundle.js';
import { MODEL_FOLDER, RUN_FOLDER } from './write-bundle.js';

/** Close it when done. */
export function bundleSource(
  world: World,
  { folder, record }: ReadBundle,
  { timeoutMs }: { readonly timeoutMs?: number },
): AuditSource & Pick<StoreTools, 'close'> {
  const { standing, uri, resolved, seen } = record;
  const recorded = recordedDigest({ ...standing, model: standing.model ?? null, run: standing.run ?? null });
  const runFiles = async () =>
    standing.run ? openArtifacts(join(folder, RUN_FOLDER), { world, trackingUri: null }) : null;
  const source = {
    standing: async () => standing,
    runFiles,
    signature: async () => readSignatureAt(folder),
    observe: async () => seen,
  };
  let model: OpenModel | undefined;
  return {
    ...source,
    tools: {
      mode: 'strict',
      maxLatencyMs: null,
      strictPackage: false,
      resolve: async () => ({
        uri,
        resolved,
        folder: join(folder, MODEL_FOLDER),
        recorded,
        golden: standing.version?.tags.get(GOLDEN_TAG) ?? null,
        verified: recorded?.source ?? 'none',
        verify: (digest) =>
          verifyFiles(
            {
              uri,
              recorded,
              loggedFiles: async () =>
                recorded === null ? null : recordedFiles({ ...standing, run: standing.run ?? null }, recorded.package),
              // Only a note that was not confirmed is in a bundle.
              isClaimTrue: async () => false,
            },
            digest,
          ),
        doubts: doubtsOf(standing),
        disagreeing: disagreeingDigests(standing),
      }),
      hasRun: async (runId) => seen.runs[runId] === true,
      isKnown: (digest) => isKnownPackage(world, digest),
      async open(modelPackage, trusted) {
        model = await openPackage(openRequest(world, modelPackage, trusted, timeoutMs));
        return model;
      },
      rows: async () => null,
      evaluation: () => evaluationOf(source),
    },
    async close() {
      await model?.close().catch(() => {});
    },
  };
}
