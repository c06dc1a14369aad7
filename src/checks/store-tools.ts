// Turns open stores into the parts of smoke that reach outside of the package: finding, fetching, opening, the evaluation of the run.

import { MlctlError } from '../errors/error.js';
import { type OpenRequest, openPackage } from '../inference/open-package.js';
import type { OpenModel } from '../inference/types.js';
import { fetchFolder } from '../loader/fetch-package.js';
import { isKnownPackage } from '../loader/known-packages.js';
import { type EngineOptions, pythonEngine } from '../loader/python-engine.js';
import { type ResolvedModel, resolveIn } from '../loader/resolve-model.js';
import { disagreeingDigests, doubtsOf } from '../loader/standing.js';
import { verifyPackage } from '../loader/verify-package.js';
import type { DigestedPackage } from '../model/digest-package.js';
import type { ModelPackage } from '../model/read-package.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import { type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import type { World } from '../world.js';
import type { FoundModel, SmokeTools } from './smoke-check.js';

interface ToolsRequest extends StoreOptions, EngineOptions {
  readonly uri?: string;
  readonly mode?: EnforcementMode;
  /** Deadline for inference, ms. */
  readonly timeoutMs?: number;
  readonly maxLatencyMs?: number;
  readonly strictPackage?: boolean;
  /** Fetch the files of a server again, and do not take those in the cache. */
  readonly fresh?: boolean;
}

export interface StoreTools {
  readonly tools: SmokeTools;
  /** What the URI led to, once `resolve` has run. */
  resolved(): ResolvedModel | undefined;
  /** Closes the model that was opened; the stores belong to the caller. */
  close(): Promise<void>;
}

async function find(world: World, resolved: ResolvedModel, fresh: boolean): Promise<FoundModel> {
  const { uri, document, recorded } = resolved;
  const standing = await resolved.standing();
  const found = {
    uri,
    resolved: document,
    recorded,
    golden: resolved.golden,
    verified: recorded?.source ?? ('none' as const),
    verify: (digest: DigestedPackage) => verifyPackage(world, resolved, digest),
    doubts: doubtsOf(standing),
    disagreeing: disagreeingDigests(standing),
  };
  try {
    const { folder } = await fetchFolder(world, fresh ? { ...resolved, recorded: null } : resolved);
    return { ...found, folder };
  } catch (error) {
    // It exists but is something else; the next check reports that.
    if (error instanceof MlctlError && error.code === 'INTEGRITY_MISMATCH')
      return { ...found, folder: '', refused: error };
    throw error;
  }
}

/** What opens a package of this machine, in this process or in one that can be ended. */
export const openRequest = (
  { signal }: World,
  { folder, flavor, payload, digest, model }: ModelPackage,
  trusted: boolean,
  timeoutMs: number | undefined,
): OpenRequest => ({
  packageFolder: folder,
  flavor,
  payload,
  digest,
  model,
  trusted,
  timeoutMs: timeoutMs ?? null,
  signal,
});

/** Without `--rows`, which the operation adds. */
export function storeTools(world: World, stores: Stores, request: ToolsRequest): StoreTools {
  const python = pythonEngine(world, request);
  let resolved: ResolvedModel | undefined;
  let model: OpenModel | undefined;
  const tools: SmokeTools = {
    mode: request.mode ?? 'strict',
    maxLatencyMs: request.maxLatencyMs ?? null,
    async resolve() {
      resolved = await resolveIn(world, stores, request, request.uri);
      return find(world, resolved, request.fresh === true);
    },
    strictPackage: request.strictPackage ?? false,
    async hasRun(runId) {
      const tracking = await trackingIfThere(stores);
      return tracking !== null && (await tracking.getRun(runId)) !== null;
    },
    isKnown: (packageDigest) => isKnownPackage(world, packageDigest),
    async open(modelPackage, trusted) {
      model = await openPackage({ ...openRequest(world, modelPackage, trusted, request.timeoutMs), python });
      return model;
    },
    rows: async () => null,
    async evaluation() {
      if (!resolved || resolved.document.run_id === null)
        return { missing: 'the URI leads to no run whose evaluation rows could be scored again' };
      const { readEvaluation } = await import('../loader/read-evaluation.js');
      return readEvaluation(world, resolved, request);
    },
  };
  return {
    tools,
    resolved: () => resolved,
    close: async () => {
      await model?.close().catch(() => {});
    },
  };
}
