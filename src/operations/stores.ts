// The tracking and registry stores of a command, opened at the first use: a command over a local folder opens none.
import { openRegistry, openTracking } from '../tracking/open.js';
import type { TrackingStore } from '../tracking/store.js';
import type { World } from '../world.js';
import type { StoreOptions } from './types.js';

export interface Stores {
  tracking(): Promise<TrackingStore>;
  registry(): Promise<TrackingStore>;
  /** The same stores under another signal: to mark a run as ended after the command was interrupted. */
  withSignal(signal: AbortSignal): Stores;
  close(): Promise<void>;
}

/** How stores come to be; tests give their own. */
export interface StoreOpeners {
  tracking(world: World, options: StoreOptions): Promise<TrackingStore>;
  registry(world: World, options: StoreOptions): Promise<TrackingStore>;
}

const OPENERS: StoreOpeners = { tracking: openTracking, registry: openRegistry };

export function lazyStores(world: World, options: StoreOptions, openers: StoreOpeners = OPENERS): Stores {
  let tracking: Promise<TrackingStore> | undefined;
  let registry: Promise<TrackingStore> | undefined;
  return {
    tracking: () => {
      tracking ??= openers.tracking(world, options);
      return tracking;
    },
    registry: () => {
      registry ??= openers.registry(world, options);
      return registry;
    },
    withSignal: (signal) => lazyStores({ ...world, signal }, options, openers),
    async close() {
      for (const opened of new Set([tracking, registry])) await (await opened?.catch(() => undefined))?.close();
    },
  };
}
