// Turns two versions of a registered model into what changes for those who call it: the signature, and the metrics of its run.
import type { ContractChangeDocument, ContractDocument, MetricChangeDocument } from '../documents/contract.js';
import { MlctlError } from '../errors/error.js';
import { fetchPackage } from '../loader/fetch-package.js';
import { resolveIn } from '../loader/resolve-model.js';
import { compareSignatures, type SignatureChange } from '../schema/compare-signatures.js';
import type { Signature } from '../schema/types.js';
import { type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import { onRemotes, type World } from '../world.js';

/** Names of metrics by their last words, as scikit-learn and MLflow use them. */
const LESS_IS_BETTER =
  /(?:^|_)(?:loss|error|mse|rmse|mae|mape|msle|brier(?:_score)?|deviance|perplexity|latency)(?:_\w+)?$/i;
const MORE_IS_BETTER = /(?:^|_)(?:acc|accuracy|precision|recall|f1|score|auc|ap|kappa|mcc|r2)(?:_\w+)?$/i;

const ONE = { inputs: 'input', outputs: 'output', params: 'param' } as const;

/** `input "age" is gone (long, required)` */
function changeText({ part, name, change, before, after }: SignatureChange): string {
  const what = name === null ? part : `${ONE[part]} "${printable(name, 80)}"`;
  const [was, is] = [printable(before ?? 'none', 200), printable(after ?? 'none', 200)];
  switch (change) {
    case 'added':
      return name === null ? `the ${part} are described now (${is})` : `${what} is new (${is})`;
    case 'removed':
      return name === null ? `the ${part} are not described any more` : `${what} is gone (${was})`;
    case 'order':
      return `the ${part} are in another order: ${is}; was ${was}`;
    case 'kind':
      return `the ${part} are ${is}, was ${was}`;
    case 'default':
      return `the default of ${what} is ${is}, was ${was}`;
    default:
      return `${what} is ${is}, was ${was}`;
  }
}

export const describeChange = (change: SignatureChange): ContractChangeDocument => ({
  ...change,
  message: changeText(change),
});

/** Those that both have. */
function metricChanges(
  before: ReadonlyMap<string, { readonly value: number }>,
  after: ReadonlyMap<string, { readonly value: number }>,
): MetricChangeDocument[] {
  return [...before].flatMap(([name, { value: was }]) => {
    const is = after.get(name)?.value;
    if (is === undefined || !Number.isFinite(was) || !Number.isFinite(is)) return [];
    const sign = LESS_IS_BETTER.test(name) ? -1 : MORE_IS_BETTER.test(name) ? 1 : 0;
    const gain = (is - was) * sign;
    const change = is === was ? 'same' : sign === 0 ? 'unknown' : gain > 0 ? 'better' : 'worse';
    return [{ name, before: was, after: is, change } as const];
  });
}

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
  const metrics = metricChanges(await metricsOf(before), await metricsOf(after));
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
