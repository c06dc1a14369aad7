// The tracking and registry stores of a command, opened on first use: a command over a local folder opens none.
import { MlctlError } from '../errors/error.js';
import { readSetting } from '../settings/read-setting.js';
import type { MlflowStore } from '../tracking/mlflow-store.js';
import type { ModelRegistry } from '../tracking/model-registry.js';
import { openRegistry, openTracking } from '../tracking/open.js';
import type { TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';

/** Where runs and models are kept; anything left out comes from the environment (contract §2). */
export interface StoreOptions {
  readonly trackingUri?: string;
  readonly registryUri?: string;
  /** Name; beats MLFLOW_EXPERIMENT_NAME / _ID. */
  readonly experiment?: string;
  readonly offline?: boolean;
}

export interface Stores {
  tracking(): Promise<TrackingStore>;
  registry(): Promise<ModelRegistry>;
  /** The same stores under another abort signal: to mark a run as ended after the command was interrupted. */
  withSignal(signal: AbortSignal): Stores;
  close(): Promise<void>;
}

/** A world without network, for a caller that wants none. */
export const worldOf = (world: World, { offline }: StoreOptions): World =>
  offline === true && !readSetting(world.env, 'MLCTL_OFFLINE')
    ? { ...world, env: { ...world.env, MLCTL_OFFLINE: '1' } }
    : world;

/** What becomes of store files that do not exist. */
interface Missing {
  readonly tracking: 'make' | 'refuse';
  readonly registry: 'make' | 'refuse';
}

/** For commands that write: a store that does not exist is made. */
export const lazyStores = (world: World, options: StoreOptions): Stores =>
  openLazily(world, options, { tracking: 'make', registry: 'make' });

/** For commands that read: a store that does not exist is STORE_NOT_FOUND. A registry may be made in a file of its own. */
export const existingStores = (world: World, options: StoreOptions, registry: Missing['registry'] = 'refuse'): Stores =>
  openLazily(world, options, { tracking: 'refuse', registry });

/** The tracking store, or null if there is none: the registry may be elsewhere and be enough. */
export const trackingIfThere = (stores: Stores): Promise<TrackingStore | null> =>
  stores.tracking().catch((error: unknown) => {
    if (error instanceof MlctlError && error.code === 'STORE_NOT_FOUND') return null;
    throw error;
  });

function openLazily(given: World, options: StoreOptions, missing: Missing): Stores {
  const world = worldOf(given, options);
  const { trackingUri, registryUri } = options;
  const named =
    registryUri === undefined ? world : { ...world, env: { ...world.env, MLFLOW_REGISTRY_URI: registryUri } };
  const uri = trackingUri === undefined ? {} : { trackingUri };
  let tracking: Promise<MlflowStore> | undefined;
  let registry: Promise<ModelRegistry> | undefined;
  const openOnce = (): Promise<MlflowStore> => {
    tracking ??= openTracking(world, { ...uri, missing: missing.tracking });
    return tracking;
  };
  return {
    tracking: openOnce,
    registry: () => {
      registry ??= openRegistry(named, openOnce, { ...uri, missing: missing.registry });
      return registry;
    },
    withSignal: (signal) => openLazily({ ...world, signal }, options, missing),
    async close() {
      const opened = await Promise.all([tracking, registry].map((one) => one?.catch(() => undefined)));
      for (const store of new Set(opened)) await store?.close();
    },
  };
}
