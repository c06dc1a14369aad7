// Turns what a URI leads to into a loaded model: its package fetched, verified and opened.
import { MlctlError } from '../errors/error.js';
import { type FetchedPackage, fetchPackage } from '../loader/fetch-package.js';
import { openFetched } from '../loader/open-model.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { exampleRequest } from '../model/example-request.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import { LoadedModel } from './loaded-model.js';
import type { LoadOptions } from './types.js';

/** As for the commands. */
export const MODEL_TIMEOUT_MS = 120_000;

/** Throws SIGNATURE_REFUSED unless the package was signed with the key that the caller names; without one it takes any. */
export async function requireSigned(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  options: LoadOptions,
): Promise<void> {
  if (options.publicKey === undefined) return;
  const { requireSignature } = await import('../operations/load.js');
  await requireSignature(world, resolved, pkg, options);
}

/** `judge` looks at the package before it is opened, and throws to refuse it. */
export async function openResolved(
  world: World,
  resolved: ResolvedModel,
  options: LoadOptions,
  judge: (pkg: FetchedPackage) => void = () => {},
): Promise<LoadedModel> {
  const { timeoutMs = MODEL_TIMEOUT_MS, workers = 1, maxWaiting = Number.MAX_SAFE_INTEGER } = options;
  atLeast(1, 'workers', workers);
  atLeast(0, 'maxWaiting', maxWaiting);
  const pkg = await fetchPackage(world, resolved);
  await requireSigned(world, resolved, pkg, options);
  judge(pkg);
  const lineage = resolved.document.run_id === null ? null : await resolved.lineage();
  const schema = options.schema ?? readSetting(world.env, 'MLCTL_SCHEMA');
  const open = (from: FetchedPackage) => openFetched(world, from, { timeoutMs, pool: { workers, maxWaiting } });
  const model = await open(pkg);
  // The bytes are not kept beside the opened model. What opens it again reads the files and compares them with the digest.
  const closed = { ...pkg, digest: { ...pkg.digest, bytes: new Map() } };
  const opened = {
    uri: resolved.uri,
    resolved: resolved.document,
    package: closed,
    example: exampleOf(pkg),
    lineage,
    schema,
    ignore: options.ignore ?? [],
    warn: world.warn,
    open: () => open(closed),
  };
  return new LoadedModel(opened, model);
}

const MOST_EXAMPLE = 256 * 1024;

/** Kept, because the bytes are not; null for an example that is more than a few rows. */
function exampleOf(pkg: FetchedPackage): string | null {
  try {
    const text = exampleRequest(pkg);
    return text !== null && text.length <= MOST_EXAMPLE ? text : null;
  } catch (error) {
    if (error instanceof MlctlError) return null;
    throw error;
  }
}

function atLeast(least: number, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new MlctlError(
    'USAGE',
    `the option ${name} is ${String(value)}, expected a whole number of at least ${least}`,
    {
      hint: `leave ${name} out, or give another number`,
    },
  );
}
