// Turns the settings into the open tracking store and model registry, by the scheme of their URIs.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import type { MlflowStore } from './mlflow-store.js';
import type { ModelRegistry } from './model-registry.js';
import { parseSqliteUri, storePath } from './sqlite-uri.js';

interface OpenOptions {
  /** Beats MLFLOW_TRACKING_URI. */
  readonly trackingUri?: string;
  /** What becomes of a store file that does not exist; it is made if left out. */
  readonly missing?: 'make' | 'refuse';
}

export async function openTracking(world: World, options: OpenOptions = {}): Promise<MlflowStore> {
  return openUri(world, trackingUri(world, options), options);
}

/** The registry of MLFLOW_REGISTRY_URI: `tracking` itself if it is the same or not set. */
export async function openRegistry(
  world: World,
  tracking: () => Promise<MlflowStore>,
  options: OpenOptions = {},
): Promise<ModelRegistry> {
  const uri = readSetting(world.env, 'MLFLOW_REGISTRY_URI') ?? null;
  if (uri === null || uri === trackingUri(world, options)) return tracking();
  return openUri(world, uri, options, tracking);
}

/** A URI, or null for the default: ./mlflow.db. */
function trackingUri(world: World, options: OpenOptions): string | null {
  const uri = options.trackingUri || readSetting(world.env, 'MLFLOW_TRACKING_URI') || null;
  if (uri === null) refuseFileStore(world.cwd);
  return uri;
}

async function openUri(
  world: World,
  uri: string | null,
  { missing = 'make' }: OpenOptions,
  loggedModels?: () => Promise<MlflowStore>,
): Promise<MlflowStore> {
  const scheme = uri === null ? 'sqlite' : (/^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1] ?? '').toLowerCase();
  if (scheme === 'sqlite' || scheme === 'sqlite+pysqlite') {
    const path = uri === null ? storePath(join(world.cwd, 'mlflow.db')) : parseSqliteUri(uri, world.cwd);
    const { SqliteStore } = await import('./sqlite/sqlite-store.js');
    const artifactRoot = storePath(join(world.cwd, 'mlruns'));
    return SqliteStore.open(
      { path, artifactRoot, missing, ...(loggedModels ? { loggedModels: await loggedModels() } : {}) },
      world,
    );
  }
  if (scheme === 'http' || scheme === 'https') {
    const { openRest } = await import('./rest/open-rest.js');
    return openRest(world, uri ?? '');
  }
  const { unsupportedUri } = await import('./unsupported-uri.js');
  throw unsupportedUri(uri ?? '', world.cwd);
}

/**
 * Python's default becomes the file store as soon as mlruns/<digits>/meta.yaml exists, even beside an mlflow.db, and newer
 * versions then refuse to start.
 */
function refuseFileStore(cwd: string): void {
  const folder = join(cwd, 'mlruns');
  for (const name of namesIn(folder))
    if (/^\d+$/.test(name) && existsSync(join(folder, name, 'meta.yaml')))
      throw new MlctlError(
        'FILE_STORE_FOUND',
        `the folder ${folder} is an MLflow file store (${name}/meta.yaml is there), which MLflow no longer supports by default`,
        {
          hint: 'convert it: mlflow migrate-filestore --source ./mlruns --target sqlite:///mlflow.db; then move mlruns away, or set MLFLOW_TRACKING_URI=sqlite:///mlflow.db',
          details: { folder },
        },
      );
}

/** Asked at the start of every command, which other ways of asking would make a millisecond longer. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
