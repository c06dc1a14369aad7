// Turns the recorded lineage of a model into the facts that a provenance statement says.
import { MlctlError } from '../errors/error.js';
import { LINEAGE_FILE, RUN_DIGEST_TAG } from '../lineage/names.js';
import type { ReadLineage } from '../lineage/read-lineage.js';
import type { DataLineage, GitLineage, Lineage } from '../lineage/types.js';
import type { StoreOptions } from '../session/stores.js';
import type { Dependency, MakingFacts } from '../signing/provenance.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { readModelLineage } from './read-model-lineage.js';
import type { ResolvedModel } from './resolve-model.js';
import { bindingOf } from './signature-store.js';

type Described = { readonly digest: Readonly<Record<string, string>> } | { readonly annotations: { digest: string } };

/** Some clients record less than a whole SHA-256 of a data set, which the form of a digest does not allow. */
function described(digest: string): Described {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  return hex === undefined ? { annotations: { digest } } : { digest: { sha256: hex } };
}

const withoutNull = (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));

function dataFile({ name, source, digest, role, bytes, rows }: DataLineage): Dependency {
  const of = described(digest);
  const annotations = withoutNull({ role, bytes, rows, ...('annotations' in of ? of.annotations : {}) });
  return { name, uri: source, ...('digest' in of ? of : {}), annotations };
}

function sourceCode({ commit, remote, branch, dirty, diff_digest }: GitLineage): Dependency[] {
  if (commit === null) return [];
  const annotations = withoutNull({ branch, dirty, diff_digest });
  return [{ name: 'source', ...(remote === null ? {} : { uri: remote }), digest: { gitCommit: commit }, annotations }];
}

function dependenciesOf({ data, git, given, versions }: Lineage): Dependency[] {
  return [
    ...data.map(dataFile),
    ...sourceCode(git),
    ...(versions.lock === null ? [] : [{ name: 'package-lock.json of mlctl', ...described(versions.lock) }]),
    ...(given === null ? [] : [{ name: 'model', uri: given.path, ...described(given.digest) }]),
  ];
}

function byproductsOf({ digest }: ReadLineage, runDigest: string | undefined): Dependency[] {
  return [
    ...(digest === null ? [] : [{ name: LINEAGE_FILE, ...described(digest) }]),
    ...(runDigest === undefined ? [] : [{ name: 'params, metrics and tags of the run', ...described(runDigest) }]),
  ];
}

/** Throws INTEGRITY_MISMATCH if the lineage is not what was recorded: nobody should sign it. */
export async function makingFacts(world: World, resolved: ResolvedModel, options: StoreOptions): Promise<MakingFacts> {
  const base = { ...bindingOf(resolved.document), signer: VERSION };
  const read = await readModelLineage(world, resolved, options);
  if (read === null)
    return {
      ...base,
      trained: false,
      recipe: null,
      internal: {},
      dependencies: [],
      byproducts: [],
      started: null,
      ended: null,
    };
  if (read.fault !== null)
    throw new MlctlError(
      'INTEGRITY_MISMATCH',
      `${resolved.uri} was not signed, because its lineage is in doubt: ${read.fault}`,
      {
        hint: 'find out who changed the run, or train the model again',
      },
    );
  const { lineage } = read;
  const { version, model } = await resolved.standing();
  const { made_by, recipe, split, seeds, versions, started, ended } = lineage;
  return {
    ...base,
    trained: made_by === 'train',
    recipe: recipe === null ? null : { name: 'recipe.yaml', ...described(recipe.digest) },
    internal: withoutNull({ split, seeds, versions }),
    dependencies: dependenciesOf(lineage),
    byproducts: byproductsOf(read, (version?.tags ?? model?.tags)?.get(RUN_DIGEST_TAG)),
    started,
    ended,
  };
}
