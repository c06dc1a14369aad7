// Turns an artifact location into its open store, after checking who named the location.
import { openArtifacts } from '../artifacts/open.js';
import type { ArtifactStore } from '../artifacts/store.js';
import { readSetting } from '../settings/read-setting.js';
import type { Store } from '../tracking/store.js';
import type { TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { refuseLocalSource, refuseLocalTarget } from './local-source.js';
import { type StoreOptions, worldOf } from './stores.js';

/** What a command opens artifacts with. */
interface ArtifactSession {
  readonly world: World;
  readonly options: StoreOptions;
  /** The tracking store: its server is behind `mlflow-artifacts:` locations. null if no store is asked. */
  readonly tracking: TrackingStore | null;
}

/** Which store named the location, of what, and what is to be done there. A server must not name a local folder. */
interface NamedBy {
  readonly store: Store;
  /** `run 1a2b…`, for messages. */
  readonly what: string;
  readonly to: keyof typeof GUARDS;
}

const GUARDS = { read: refuseLocalSource, write: refuseLocalTarget } as const;

/** `namedBy` null: the user named it, or the caller has checked it. Throws PATH_REFUSED, ARTIFACTS_UNSUPPORTED. */
export async function artifactsAt(
  { world, options, tracking }: ArtifactSession,
  location: string,
  namedBy: NamedBy | null,
): Promise<ArtifactStore> {
  const place = namedBy === null ? location : GUARDS[namedBy.to](world, namedBy.store, location, namedBy.what);
  const server = options.trackingUri ?? readSetting(world.env, 'MLFLOW_TRACKING_URI') ?? null;
  return openArtifacts(place, {
    world: worldOf(world, options),
    trackingUri: tracking?.isRemote ? server : null,
  });
}
