// Turns two versions of a registered model into what changes for those who call it: the signature, and the metrics of its run.
import type { ContractDocument } from '../documents/contract.js';
import { MlctlError } from '../errors/error.js';
import { compareSignatures } from '../schema/compare-signatures.js';
import { type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { World } from '../world.js';
import { compareMetrics } from './compare-metrics.js';
import { describeChange } from './describe-change.js';
import { type Side, sideOf, type VerifiedModel } from './side-of.js';

interface ComparedVersions {
  readonly contract: ContractDocument;
  /** For what else may be compared; null if the version before is lost or changed. */
  readonly sides: { readonly a: Side; readonly b: Side } | null;
}

const uriOf = ({ name, version }: ModelVersion): string => `models:/${name}/${version}`;

/**
 * `before` may be a version whose files are lost or changed: then that is said, and it does not count as a change. `verified`:
 * `after`, if its package was verified already.
 */
export async function compareVersions(
  world: World,
  stores: Stores,
  options: StoreOptions,
  before: ModelVersion,
  after: ModelVersion,
  verified: VerifiedModel | null = null,
): Promise<ComparedVersions> {
  let a: Side;
  try {
    a = await sideOf(world, stores, options, uriOf(before));
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof MlctlError)) throw error;
    const metrics = await metricsOf(stores, before, after);
    const unknown = printable(error.message, 300);
    return {
      contract: { version: before.version, breaking: false, changes: [], metrics, unknown },
      sides: null,
    };
  }
  const b = await sideOf(world, stores, options, uriOf(after), verified);
  const changes = compareSignatures(a.pkg.model.signature, b.pkg.model.signature).map(describeChange);
  return {
    contract: {
      version: before.version,
      breaking: changes.some(({ breaking }) => breaking),
      changes,
      metrics: await metricsOf(stores, before, after),
      unknown: null,
    },
    sides: { a, b },
  };
}

async function metricsOf(stores: Stores, before: ModelVersion, after: ModelVersion) {
  const tracking = await trackingIfThere(stores);
  const of = async ({ runId }: ModelVersion) =>
    (runId === null ? null : await tracking?.getRun(runId))?.metrics ?? new Map<string, { readonly value: number }>();
  return compareMetrics(await of(before), await of(after));
}
