// Turns two models into how the models differ: contract, lineage, params, metrics, files, parts, and the answers to the same
// rows.
import type { DiffDocument, DiffSideDocument } from '../documents/diff.js';
import { metricValue } from '../documents/json-values.js';
import { MlctlError } from '../errors/error.js';
import { plainPayload } from '../inference/plain-payload.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { compareSignatures } from '../schema/compare-signatures.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import { compareFiles } from './compare-files.js';
import { compareLineage } from './compare-lineage.js';
import { compareMetrics } from './compare-metrics.js';
import { compareParts } from './compare-parts.js';
import { type AnswerOptions, comparePredictions } from './compare-predictions.js';
import { compareValues } from './compare-values.js';
import { describeChange } from './describe-change.js';
import type { Side } from './side-of.js';

const documentOf = ({ resolved, pkg }: Side): DiffSideDocument => ({
  uri: resolved.uri,
  resolved: resolved.document,
  flavor: pkg.flavor,
  digest: { package: pkg.digest.package, payload: pkg.digest.payload },
  verified: pkg.verified,
});

function metricsOf(a: Side, b: Side): DiffDocument['metrics'] {
  const judged = new Map(compareMetrics(a.metrics, b.metrics).map(({ name, change }) => [name, change]));
  return [...new Set([...a.metrics.keys(), ...b.metrics.keys()])].sort().flatMap((name) => {
    const [was, is] = [a, b].map(({ metrics }) => metrics.get(name)?.value);
    if (Object.is(was, is) || was === is) return [];
    const change = judged.get(name);
    return [
      {
        name,
        a: was === undefined ? null : metricValue(was),
        b: is === undefined ? null : metricValue(is),
        change: change === 'better' || change === 'worse' ? change : 'unknown',
      },
    ];
  });
}

/** What the two runs recorded. */
function recordsOf(a: Side, b: Side): Pick<DiffDocument, 'unknown_run' | 'lineage' | 'params' | 'metrics'> {
  const without = [a, b].filter(({ lineage }) => lineage === null);
  if (without.length > 0) {
    const uris = without.map(({ resolved }) => resolved.uri).join(' and ');
    return { unknown_run: `no run is known for ${uris}`, lineage: [], params: [], metrics: [] };
  }
  const paramsOf = ({ lineage }: Side) => new Map(Object.entries(lineage?.params ?? {}));
  return {
    unknown_run: null,
    lineage: compareLineage(a.lineage, b.lineage),
    params: compareValues(paramsOf(a), paramsOf(b)),
    metrics: metricsOf(a, b),
  };
}

/** The payloads are read only if their bytes differ. */
async function partsOf(a: Side, b: Side): Promise<DiffDocument['parts']> {
  const none = { changes: [], total: 0 };
  if (a.pkg.flavor !== b.pkg.flavor) {
    const change = { name: 'flavor', a: a.pkg.flavor, b: b.pkg.flavor, numbers: null };
    return { changes: [change], total: 1, unknown: null };
  }
  const { payload: one } = a.pkg.digest;
  if (one !== null && one === b.pkg.digest.payload) return { ...none, unknown: null };
  try {
    const [was, is] = [await plainOf(a.pkg), await plainOf(b.pkg)];
    if (was === null || is === null) return { ...none, unknown: `mlctl does not read models of ${a.pkg.flavor}` };
    return { ...compareParts(was, is), unknown: null };
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    return { ...none, unknown: printable(error.message, 300) };
  }
}

const plainOf = ({ folder, flavor, payload, digest, model }: FetchedPackage) =>
  payload === null ? null : plainPayload(flavor, { packageFolder: folder, payload, digest, model });

/** What cannot be compared is said in the document. */
export async function compareModels(world: World, a: Side, b: Side, options: AnswerOptions): Promise<DiffDocument> {
  const changes = compareSignatures(a.pkg.model.signature, b.pkg.model.signature).map(describeChange);
  const parts = await partsOf(a, b);
  world.signal.throwIfAborted();
  const found = {
    contract: { breaking: changes.some(({ breaking }) => breaking), changes },
    ...recordsOf(a, b),
    files: compareFiles(a.pkg, b.pkg),
    parts,
    predictions: await comparePredictions(world, a, b, options),
  };
  return { a: documentOf(a), b: documentOf(b), same: isSame(found), ...found };
}

function isSame(found: Omit<DiffDocument, 'a' | 'b' | 'same'>): boolean {
  const { contract, lineage, params, metrics, files, parts, predictions } = found;
  const real = [...lineage, ...files].filter(({ identity }) => !identity);
  const lists = [contract.changes, real, params, metrics, parts.changes, predictions.outputs];
  return lists.every(({ length }) => length === 0);
}
