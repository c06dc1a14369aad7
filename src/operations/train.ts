// Turns a recipe into a trained model: data, fit, evaluation, graph, package, run, registry, in this order.
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { metricValue, record } from '../documents/json-values.js';
import type { LoggedDocument } from '../documents/logged.js';
import { signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { digestOfList, sha256 } from '../files/digest-folder.js';
import { refuseExisting, writeFolderAtomically } from '../files/write-folder-atomically.js';
import { beginLineage } from '../lineage/begin-lineage.js';
import { rememberPackage } from '../loader/known-packages.js';
import { buildPackage, PAYLOAD_NAME, type PackageFacts } from '../model/build-package.js';
import { goldenOf } from '../model/golden.js';
import { exampleRows } from '../packaging/example-rows.js';
import { fitRecipe } from '../packaging/fit-recipe.js';
import { proveGraph } from '../packaging/prove-graph.js';
import { trainingEvidence } from '../packaging/training-evidence.js';
import { type GivenRecipe, trainingLineage } from '../packaging/training-lineage.js';
import { inParts, nextPart } from '../parts.js';
import { DEFAULT_RECIPE_TEXT } from '../recipe/default-recipe.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { recipeText } from '../recipe/recipe-text.js';
import type { Recipe } from '../recipe/recipe-types.js';
import { MAX_RECIPE_BYTES } from '../recipe/recipe-yaml.js';
import { checkRegistration, type Registration } from '../registry/record-model-version.js';
import { datasetInput } from '../rows/dataset-input.js';
import { type GivenDialect, recipeDialect } from '../rows/read-dialect.js';
import { readGivenFile } from '../rows/read-given-file.js';
import { isBuiltIn, isNotAPath } from '../rows/training-data.js';
import { type LogPlan, logModel } from '../runs/log-model.js';
import { lazyStores, type StoreOptions } from '../session/stores.js';
import { readSetting } from '../settings/read-setting.js';
import { asTyped } from '../text/as-typed.js';
import { printable } from '../text/printable.js';
import { modelNameOfData } from '../uri/model-name.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';

/** The dialect replaces that of the recipe, key by key. */
export interface TrainRequest extends StoreOptions, GivenDialect {
  /** Path of the recipe; the default recipe if left out. */
  readonly recipe?: string;
  /** `path=value`, later ones win. */
  readonly set?: readonly string[];
  readonly data?: string;
  readonly target?: string;
  /** true: the recipe's name. */
  readonly register?: string | boolean;
  readonly stage?: string;
  readonly alias?: string;
  readonly runName?: string;
  readonly tags?: ReadonlyMap<string, string>;
  readonly out?: string;
  /** false: log nothing (needs `out`). */
  readonly log?: boolean;
  readonly dryRun?: boolean;
}

/** Suffixes of data, which somebody may give where the recipe belongs. */
const DATA_FILE = /\.(?:csv|tsv|parquet|pq|ndjson|jsonl|xlsx?|arrow|feather)(?:\.gz)?$/i;

export async function trainModel(world: World, request: TrainRequest): Promise<LoggedDocument> {
  refuseContradictions(request);
  const { recipe, given } = await readRecipe(world, request);
  const lineage = beginLineage(world, {
    madeBy: 'train',
    source: request.recipe ?? 'mlctl train',
    folder: given.folder,
  });
  const registration = registrationOf(request, recipe);
  const out = request.out === undefined ? null : resolve(world.cwd, request.out);
  if (out !== null) await refuseExisting(out);

  const { data, trained, payload } = await fitRecipe(world, recipe, given.folder);
  const example = exampleRows(trained);
  await nextPart(world, 'comparing graph and fit');
  const answer = await proveGraph({
    bytes: payload,
    signature: trained.signature,
    rows: trained.testInputs,
    expected: trained.testAnswer,
    example,
  });
  const facts = (ids: Pick<PackageFacts, 'runId' | 'modelId' | 'uuid' | 'artifactPath' | 'createdAt'>) =>
    buildPackage({
      ...ids,
      payload,
      signature: trained.signature,
      inputExample: { kind: 'dataframe', table: example },
      golden: goldenOf(answer),
      mlctlVersion: VERSION,
      leftOut: [...recipe.data.drop, recipe.data.target],
    });

  const recipeYaml = recipeText(recipe);
  const document = { source: data.source, digest: data.digest, rows: data.table.rows };
  const plan: LogPlan = {
    ...(recipe.experiment === null ? {} : { experiment: recipe.experiment }),
    ...runNameOf(request, recipe),
    lineage: await lineage(trainingLineage(recipeYaml, given, data, trained)),
    params: trained.params,
    metrics: trained.evaluation.metrics,
    tags: new Map([
      ...(request.tags ?? []),
      ['mlctl.data_digest', data.digest],
      ['mlctl.recipe_digest', `sha256:${sha256(recipeYaml)}`],
    ]),
    datasets: [datasetInput(data)],
    runFiles: await inParts(
      world,
      trainingEvidence(
        { ...recipe, name: registration?.name ?? recipe.name, run_name: runNameOf(request, recipe).runName ?? null },
        recipeYaml,
        data,
        trained,
      ),
    ),
    buildPackage: facts,
    payload: PAYLOAD_NAME,
    vouched: true,
    signature: trained.signature,
    data: document,
    register: registration,
  };

  if (request.dryRun || request.log === false) {
    const files = facts({
      runId: null,
      modelId: null,
      uuid: sha256(payload).slice(0, 32),
      artifactPath: null,
      createdAt: world.now(),
    });
    const digests = [...files].map(([path, content]) => ({ path, sha256: sha256(content as Uint8Array) }));
    if (!request.dryRun) {
      await writeFolderAtomically(out!, files);
      rememberPackage(world, digestOfList(digests));
    }
    return {
      run_id: null,
      ...experimentAsked(world, request, recipe),
      run_name: runNameOf(request, recipe).runName ?? null,
      model_uri: null,
      model_id: null,
      registered: null,
      params: record(trained.params),
      metrics: record([...trained.evaluation.metrics].map(([key, value]) => [key, metricValue(value)] as const)),
      signature: signatureDocument(trained.signature),
      digest: { package: digestOfList(digests), payload: `sha256:${sha256(payload)}` },
      data: document,
      tracking_uri: null,
      path: request.dryRun ? null : out,
      recipe: recipeYaml,
      ...(request.dryRun ? { dry_run: true } : {}),
    };
  }

  let files: ReturnType<typeof facts> | undefined;
  const stores = lazyStores(world, request);
  try {
    const logged = await logModel(world, stores, request, {
      ...plan,
      buildPackage: (ids) => {
        files = facts(ids);
        return files;
      },
    });
    if (out !== null) await writeFolderAtomically(out, files!);
    return { ...logged, path: out ?? logged.path, recipe: recipeYaml };
  } finally {
    await stores.close();
  }
}

/** The recipe that `trainModel` would train, with every value filled in; nothing else is read. */
export async function effectiveRecipe(
  world: World,
  request: Pick<TrainRequest, 'recipe' | 'set' | 'data' | 'target' | keyof GivenDialect>,
): Promise<{ readonly recipe: string }> {
  return { recipe: recipeText((await readRecipe(world, request)).recipe) };
}

/** Mistakes in the request that do not depend on the recipe. */
function refuseContradictions({ log, out, dryRun, register, stage, alias }: TrainRequest): void {
  const registers = register !== undefined && register !== false;
  if (log === false && registers)
    throw new MlctlError('USAGE', 'a model that is not logged cannot be registered', {
      hint: 'leave out --no-log, or --register',
    });
  if (!registers && (stage !== undefined || alias !== undefined))
    throw new MlctlError('USAGE', 'a stage or an alias needs a registered model', { hint: 'add --register' });
  if (log === false && out === undefined && !dryRun)
    throw new MlctlError('USAGE', 'nothing would be kept: the model is neither logged nor written to a folder', {
      hint: 'add --out FOLDER, or leave --no-log out',
    });
}

/** The recipe with the values of the request applied, and where it came from. */
async function readRecipe(
  world: World,
  request: Pick<TrainRequest, 'recipe' | 'set' | 'data' | 'target' | keyof GivenDialect>,
): Promise<{ recipe: Recipe; given: GivenRecipe }> {
  const overrides = [
    ...(request.recipe === undefined && request.data !== undefined ? namesFrom(request.data) : []),
    ...(request.set ?? []),
  ];
  let given: GivenRecipe = { file: null, digest: null, folder: world.cwd };
  let text = DEFAULT_RECIPE_TEXT;
  let file = 'the default recipe';
  if (request.recipe !== undefined) {
    const path = resolve(world.cwd, request.recipe);
    refuseNoRecipe(request.recipe, path);
    try {
      const bytes = await readGivenFile(path, world.signal, MAX_RECIPE_BYTES);
      text = bytes.toString('utf8');
      given = { file: path, digest: `sha256:${sha256(bytes)}`, folder: dirname(path) };
    } catch (cause) {
      world.signal.throwIfAborted();
      if (cause instanceof MlctlError) throw cause;
      throw new MlctlError('FILE_NOT_FOUND', `cannot read the recipe ${printable(path, 300)}`, {
        hint: 'name a YAML file; without one the default recipe trains iris',
        cause,
      });
    }
    file = request.recipe;
  }
  // Paths in flags are relative to the current folder, wherever the recipe is.
  if (request.data !== undefined)
    overrides.push(
      `data.source=${JSON.stringify(isNotAPath(request.data) ? request.data : resolve(world.cwd, request.data))}`,
    );
  if (request.target !== undefined) overrides.push(`data.target=${JSON.stringify(request.target)}`);
  for (const [key, value] of Object.entries(recipeDialect(request)))
    if (value !== undefined) overrides.push(`data.${key}=${JSON.stringify(value)}`);
  return { recipe: parseRecipe(text, { file }, overrides), given };
}

/** Other data is another model: its name, experiment and run name come from the file, not from the built-in recipe (§8.18). */
function namesFrom(data: string): string[] {
  if (isBuiltIn(data)) return [];
  const name = modelNameOfData(data);
  return ['name', 'experiment', 'run_name'].map((key) => `${key}=${JSON.stringify(name)}`);
}

/** A folder, or data where the recipe belongs. */
function refuseNoRecipe(given: string, path: string): void {
  const shown = printable(given, 200);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new MlctlError('USAGE', `the recipe ${shown} is a folder`, {
      hint: 'name the YAML file in it; without one the default recipe trains iris',
    });
  if (DATA_FILE.test(given))
    throw new MlctlError('USAGE', `${shown} is data, not a recipe`, {
      hint: `mlctl train --data ${asTyped(given)} --target COLUMN`,
    });
}

/** Where the run would go; only the store could say which id the name has. */
function experimentAsked(
  { env }: World,
  request: TrainRequest,
  recipe: Recipe,
): { experiment: string | null; experiment_id: string | null } {
  const name = request.experiment ?? readSetting(env, 'MLFLOW_EXPERIMENT_NAME');
  if (name !== undefined) return { experiment: name, experiment_id: null };
  const id = readSetting(env, 'MLFLOW_EXPERIMENT_ID');
  if (id !== undefined) return { experiment: null, experiment_id: id };
  return { experiment: recipe.experiment, experiment_id: null };
}

function runNameOf(request: TrainRequest, recipe: Recipe): { runName?: string } {
  const name = request.runName ?? recipe.run_name;
  return name === null ? {} : { runName: name };
}

function registrationOf(request: TrainRequest, recipe: Recipe): Registration | null {
  const { register, stage, alias } = request;
  if (register === undefined || register === false) return null;
  const name = register === true ? recipe.name : register;
  if (name === null)
    throw new MlctlError('USAGE', 'the recipe has no name to register the model under', {
      hint: 'give one: --register=NAME, or `name: NAME` in the recipe',
    });
  const registration = { name, ...(stage === undefined ? {} : { stage }), ...(alias === undefined ? {} : { alias }) };
  checkRegistration(registration);
  return registration;
}
