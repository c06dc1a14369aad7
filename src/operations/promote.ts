// `promote`: a version moved to a stage or alias, after smoke said that it works; where it does not, nothing is moved.
import { MlctlError } from '../errors/error.js';
import type { ModelVersion, TrackingStore } from '../tracking/store.js';
import type { World } from '../world.js';
import { moveVersion } from './move-version.js';
import { checkRegistration } from './record-model-version.js';
import { findVersion } from './resolve-registered.js';
import { lazyStores, type Stores } from './stores.js';
import type { PromoteDocument, PromoteRequest, SmokeDocument } from './types.js';

/** Smokes a model by URI; `passed` decides. */
export type SmokeCall = (uri: string) => Promise<{ readonly document: SmokeDocument; readonly passed: boolean }>;

async function versionOf(registry: TrackingStore, request: PromoteRequest): Promise<ModelVersion> {
  const { name, version } = request;
  if (version !== undefined)
    return findVersion(registry, `models:/${name}/${version}`, { kind: 'version', name, version });
  return findVersion(registry, `models:/${name}/latest`, { kind: 'latest', name });
}

/** Throws USAGE, MODEL_NOT_FOUND, or what the store throws. With `smoke: false` in the request, or no `smoke` given, moves at once. */
export async function promoteModel(
  world: World,
  request: PromoteRequest,
  smoke?: SmokeCall,
  given?: Stores,
): Promise<PromoteDocument> {
  const { stage } = checkRegistration(request);
  if (stage === null && request.alias === undefined) {
    throw new MlctlError('USAGE', 'promote needs a place to move the version to', {
      hint: 'Add --stage Production or --alias champion.',
    });
  }
  const stores = given ?? lazyStores(world, request);
  try {
    const registry = await stores.registry();
    const version = await versionOf(registry, request);
    const base = { name: version.name, version: version.version, stage, alias: request.alias ?? null };
    let judged: SmokeDocument | null = null;
    if (request.smoke !== false && smoke) {
      const { document, passed } = await smoke(`models:/${version.name}/${version.version}`);
      judged = document;
      if (!passed) return { ...base, previous_version: null, promoted: false, smoke: judged };
    }
    world.signal.throwIfAborted();
    const { previous } = await moveVersion(world, registry, version, {
      ...(stage === null ? {} : { stage }),
      ...(request.alias === undefined ? {} : { alias: request.alias }),
      action: 'promote',
    });
    return { ...base, previous_version: previous, promoted: true, smoke: judged };
  } finally {
    if (!given) await stores.close();
  }
}
