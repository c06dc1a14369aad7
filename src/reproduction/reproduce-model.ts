// Turns a resolved model into what of it can be made again: trained again if mlctl trained it, else replayed.
import { dirname } from 'node:path';
import { metricValue, record } from '../documents/json-values.js';
import { metricRecord } from '../documents/lineage.js';
import { MlctlError } from '../errors/error.js';
import { gitLineage, repositoryRoot } from '../lineage/git/git-lineage.js';
import { withCommitFiles } from '../lineage/git/with-commit-files.js';
import type { GitLineage, Lineage } from '../lineage/types.js';
import { versionsHere } from '../lineage/versions-here.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { readEvaluation } from '../loader/read-evaluation.js';
import { readModelLineage } from '../loader/read-model-lineage.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { artifactsAt } from '../session/artifacts-at.js';
import { onRemotes, type World } from '../world.js';
import { codeDifferences, versionDifferences } from './causes.js';
import { pathInRepository } from './data-place.js';
import { recordedRecipe } from './recorded-recipe.js';
import { replayModel } from './replay-model.js';
import type { RecordedModel, ReproduceOptions } from './reproduction.js';
import { trainAgain } from './train-again.js';
import type { Finding, Identical, Outcome, ReproduceDocument } from './types.js';

interface Made extends Finding {
  readonly identical: Identical;
  readonly actual: Omit<Outcome, 'commit' | 'versions'>;
}

/** Logs nothing, and leaves nothing on the disk. Throws what keeps it from comparing. */
export async function reproduceModel(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  options: ReproduceOptions,
): Promise<ReproduceDocument> {
  const start = world.now();
  // git works while the model is trained again.
  const here = gitLineage(world, world.cwd);
  const model = await onRemotes(world, () => recordedModel(world, resolved, pkg, options));
  const made = await make(world, resolved, pkg, options, model);
  const now = await here;
  const causes = model === null ? [] : causesOf(model.lineage, now);
  const differences = [...made.differences, ...causes];
  const verdicts = Object.values(made.identical);
  return {
    uri: resolved.uri,
    resolved: resolved.document,
    flavor: pkg.flavor,
    identical: made.identical,
    ok: verdicts.includes(true) && !verdicts.includes(false) && !differences.some(({ matters }) => matters),
    expected: expectedOf(pkg, model, made),
    actual: { ...made.actual, commit: now.commit, versions: { ...versionsHere() } },
    differences,
    unprovable: made.unprovable,
    at_commit: options.atCommit === true ? (model?.lineage.git.commit ?? null) : null,
    elapsed_ms: world.now() - start,
  };
}

const causesOf = ({ versions, git }: Lineage, now: GitLineage) => [
  ...versionDifferences(versions, versionsHere()),
  ...codeDifferences(git, now),
];

async function recordedModel(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  options: ReproduceOptions,
): Promise<RecordedModel | null> {
  const [run, read] = [await resolved.run(), await readModelLineage(world, resolved, options)];
  if (run === null || read === null) return null;
  if (read.fault !== null) world.warn(`the lineage of the run is in doubt: ${read.fault}`);
  const tracking = await resolved.stores.tracking();
  const from = { store: tracking, what: `run ${run.runId}`, to: 'read' } as const;
  const files = await artifactsAt({ world, options, tracking }, run.artifactUri, from);
  const evaluation = await readEvaluation(world, resolved, options);
  return { resolved, pkg, run, lineage: read.lineage, files, evaluation, options };
}

async function make(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  options: ReproduceOptions,
  model: RecordedModel | null,
): Promise<Made> {
  const recorded = model?.lineage.recipe ?? null;
  if (model === null || recorded === null) {
    refuseIdle(options);
    const why =
      model === null
        ? 'no run is known that made the model'
        : model.lineage.made_by === 'log'
          ? 'the model was logged as a file, so how it was made is not known'
          : 'mlctl did not train the model';
    return replay(world, resolved, pkg, options, model, `payload: ${why}`);
  }
  const recipe = await recordedRecipe(model.files, recorded.digest);
  if (recipe === null) {
    const made = await replay(
      world,
      resolved,
      pkg,
      options,
      model,
      'payload: the run has no recipe.yaml to train again',
    );
    const message = 'the recipe.yaml of the run was removed, so the training cannot be repeated';
    const gone = {
      what: 'recipe',
      name: 'recipe.yaml',
      expected: recorded.digest,
      actual: null,
      matters: true,
      message,
    } as const;
    return { ...made, differences: [gone, ...made.differences] };
  }
  const root = repositoryRoot(world, world.cwd);
  const again = (checkout?: { tree: string; paths: readonly string[] }) =>
    trainAgain(world, model, recipe, { data: options.data, root, checkout });
  const { identical, actual, differences, unprovable } =
    options.atCommit === true ? await atCommit(world, model, again) : await again();
  return {
    identical,
    actual: { ...actual, recipe: recipe.digest },
    differences: [...differences, ...recipe.differences],
    unprovable,
  };
}

/** Takes the data from the files of the recorded commit, if it is among them. */
async function atCommit<T>(
  world: World,
  { lineage }: RecordedModel,
  work: (checkout: { tree: string; paths: readonly string[] }) => Promise<T>,
): Promise<T> {
  const { git, data, recipe } = lineage;
  if (git.commit === null)
    throw new MlctlError('USAGE', `the run recorded no commit: ${git.unknown.commit ?? 'an older mlctl logged it'}`, {
      hint: 'leave --at-commit out',
    });
  const path = pathInRepository(git, data[0]);
  const folders = [world.cwd, ...(recipe?.file == null ? [] : [dirname(recipe.file)])];
  return withCommitFiles(world, { commit: git.commit, folders, paths: path === null ? [] : [path] }, (checkout) => {
    if (data[0]?.kind === 'local' && !checkout.paths.some((one) => one === path))
      world.note(`the data is not a file of commit ${git.commit}, so it is read from where it was`);
    return work(checkout);
  });
}

/** Flags that say how to train again. */
function refuseIdle({ data, atCommit }: ReproduceOptions): void {
  if (data === undefined && atCommit !== true) return;
  throw new MlctlError('USAGE', 'the model cannot be trained again, because mlctl did not train it', {
    hint: 'leave --data and --at-commit out: recorded predictions are replayed, and metrics are scored again',
  });
}

async function replay(
  world: World,
  { golden }: ResolvedModel,
  pkg: FetchedPackage,
  options: ReproduceOptions,
  model: RecordedModel | null,
  why: string,
): Promise<Made> {
  const evaluation = model?.evaluation ?? { missing: 'no run is known that kept evaluation rows' };
  const { identical, rows, metrics, differences, unprovable } = await replayModel(
    world,
    pkg,
    golden,
    evaluation,
    options,
  );
  return {
    identical: { payload: null, ...identical },
    actual: {
      payload: null,
      predictions: rows,
      metrics: record([...metrics].map(([name, value]) => [name, metricValue(value)] as const)),
      recipe: null,
      data: [],
      split: null,
    },
    differences,
    unprovable: [why, ...unprovable],
  };
}

function expectedOf(pkg: FetchedPackage, model: RecordedModel | null, made: Made): Outcome {
  const lineage = model?.lineage;
  return {
    payload: pkg.digest.payload,
    predictions: made.actual.predictions,
    metrics: model === null ? {} : metricRecord(model.run.metrics),
    recipe: lineage?.recipe?.digest ?? null,
    data: (lineage?.data ?? []).map(({ source, digest, rows }) => ({ source, digest, rows })),
    split: lineage?.split?.digest ?? null,
    commit: lineage?.git.commit ?? null,
    versions: { ...lineage?.versions },
  };
}
