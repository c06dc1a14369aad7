// Turns two versions of a registered model into what changes for those who call it: the signature, and the metrics of its run.
import type { ContractDocument } from '../documents/contract.js';
import { MlctlError } from '../errors/error.js';
import { fetchPackage } from '../loader/fetch-package.js';
import { resolveIn } from '../loader/resolve-model.js';
import { compareSignatures } from '../schema/compare-signatures.js';
import type { Signature } from '../schema/types.js';
import { type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import { onRemotes, type World } from '../world.js';
import { compareMetrics } from './compare-metrics.js';
import { describeChange } from './describe-change.js';

async function signatureOf(
  world: World,
  stores: Stores,
  options: StoreOptions,
  { name, version }: ModelVersion,
): Promise<Signature | null> {
  return onRemotes(world, async () => {
    const pkg = await fetchPackage(world, await resolveIn(world, stores, options, `models:/${name}/${version}`));
    return pkg.model.signature;
  });
}

/**
 * `before` may be a version whose files are lost or changed: then that is said, and it does not count as a change. `verified`: the
 * signature of `after`, if its package was verified already.
 */
export async function compareVersions(
  world: World,
  stores: Stores,
  options: StoreOptions,
  before: ModelVersion,
  after: ModelVersion,
  verified?: Signature | null,
): Promise<ContractDocument> {
  const tracking = await trackingIfThere(stores);
  const metricsOf = async ({ runId }: ModelVersion) =>
    (runId === null ? null : await tracking?.getRun(runId))?.metrics ?? new Map<string, { readonly value: number }>();
  const metrics = compareMetrics(await metricsOf(before), await metricsOf(after));
  let was: Signature | null;
  try {
    was = await signatureOf(world, stores, options, before);
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof MlctlError)) throw error;
    return { version: before.version, breaking: false, changes: [], metrics, unknown: printable(error.message, 300) };
  }
  const is = verified === undefined ? await signatureOf(world, stores, options, after) : verified;
  const changes = compareSignatures(was, is).map(describeChange);
  return {
    version: before.version,
    breaking: changes.some(({ breaking }) => breaking),
    changes,
    metrics,
    unknown: null,
  };
}
