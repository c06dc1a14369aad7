// Turns a model URI into its model card: one HTML file of all that is known of the model, with the verdict of smoke.
import { resolve } from 'node:path';
import type { SmokeFacts } from '../checks/smoke-check.js';
import type { Table } from '../data/table.js';
import { isoTime } from '../documents/json-values.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { openOutput } from '../files/open-output.js';
import { type Output, streamOutput } from '../files/stream-output.js';
import { lineageOfTags } from '../lineage/lineage-of-tags.js';
import { readLineage } from '../lineage/read-lineage.js';
import type { EngineOptions } from '../loader/python-engine.js';
import { filesOfRun } from '../loader/read-evaluation.js';
import { readKeptFiles } from '../loader/read-kept-files.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import type { Standing } from '../loader/standing.js';
import { goldenOf } from '../model/golden.js';
import type { ModelPackage } from '../model/read-package.js';
import type { DigestPair } from '../model/types.js';
import { evaluationPlots } from '../packaging/evaluation-plots.js';
import { cardPage } from '../reports/card/card-page.js';
import type { ModelCard, Picture } from '../reports/card/model-card.js';
import type { Streams } from '../rows/streams.js';
import { existingStores, type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import { plural } from '../text/numbers.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { auditIn } from './audit.js';
import { type HistoryDocument, historyIn } from './history.js';
import { type JudgedModel, type JudgeOptions, smokeIn } from './smoke.js';

export interface ReportRequest extends StoreOptions, JudgeOptions, EngineOptions {
  readonly uri?: string;
  /** The file to write; `-`: stdout. */
  readonly out: string;
}

/** What `mlctl report --json` prints. */
export interface ReportDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly digest: DigestPair;
  readonly verified: 'registry' | 'run' | 'none';
  /** The checks of smoke that failed. The report shows them, and is written all the same. */
  readonly failed: readonly string[];
  /** Titles of the pictures that were drawn, and paths of those that the run kept. */
  readonly pictures: readonly string[];
  /** Null for stdout. */
  readonly path: string | null;
  readonly bytes: number;
}

const MOST_MOVES = 50;

/** Throws what prevents finding, verifying or reading the model; what smoke says against it beyond that is in the report. */
export async function reportModel(
  world: World,
  request: ReportRequest,
  streams: Pick<Streams, 'stdout'>,
): Promise<ReportDocument> {
  const stores = existingStores(world, request);
  try {
    const judged = await smokeIn(world, stores, request);
    const { resolved, modelPackage } = readable(judged);
    const card = await cardOf(world, stores, request, { ...judged, resolved, modelPackage });
    const page = Buffer.from(cardPage(card));
    world.signal.throwIfAborted();
    const path = request.out === '-' ? null : resolve(world.cwd, request.out);
    await write(
      path === null ? streamOutput(streams.stdout, world.signal) : await openOutput(path, world.signal),
      page,
    );
    return {
      uri: card.uri,
      resolved: card.resolved,
      digest: card.digest,
      verified: card.verified,
      failed: judged.smoke.checks.flatMap(({ name, status }) => (status === 'fail' ? [name] : [])),
      pictures: card.pictures.map(({ name }) => name),
      path,
      bytes: page.byteLength,
    };
  } finally {
    await stores.close();
  }
}

/** A file appears when it is whole. */
async function write(output: Output, page: Uint8Array): Promise<void> {
  try {
    await output.write(page);
    await output.commit();
  } finally {
    await output.abort();
  }
}

/** A model without a readable package has no card. */
function readable({ facts, resolved, error, smoke }: JudgedModel): {
  resolved: ResolvedModel;
  modelPackage: ModelPackage;
} {
  if (resolved !== undefined && facts.modelPackage !== undefined) return { resolved, modelPackage: facts.modelPackage };
  const failed = smoke.checks.find(({ status }) => status === 'fail');
  throw (
    error ??
    new MlctlError('PACKAGE_INVALID', failed?.message ?? 'the package cannot be read', {
      hint: failed?.hint ?? 'mlctl smoke says more',
    })
  );
}

type Readable = JudgedModel & { readonly resolved: ResolvedModel; readonly modelPackage: ModelPackage };

async function cardOf(world: World, stores: Stores, request: ReportRequest, judged: Readable): Promise<ModelCard> {
  const { resolved, modelPackage, facts, smoke } = judged;
  const { name, version, run_id } = resolved.document;
  const known = await resolved.standing();
  const lineage = await resolved.lineage();
  const history = name === null ? null : await historyIn(stores, { name, max: MOST_MOVES });
  const store = name === null && run_id === null ? null : await trackingIfThere(stores);
  const { bytes, files } = modelPackage.digest;
  return {
    uri: resolved.uri,
    pinnedUri: name === null ? resolved.uri : `models:/${name}/${version}`,
    resolved: resolved.document,
    trackingUri: store?.uri ?? null,
    description: known.version?.description ?? '',
    places: history === null ? [] : placesOf(history, version),
    registered: isoTime(known.version?.creationTime ?? null),
    flavor: modelPackage.flavor,
    madeWith: madeWith(modelPackage),
    signature: signatureDocument(modelPackage.model.signature),
    example: exampleOf(facts),
    lineage,
    requirements: requirementsOf(bytes.get('requirements.txt')),
    ...(await keptOf(world, resolved, request, facts, known)),
    proof: await proofOf(world, stores, request, resolved.uri),
    smoke,
    verified: facts.found?.verified ?? 'none',
    history: history && { moves: history.moves, more: history.more },
    digest: { package: modelPackage.digest.package, payload: modelPackage.digest.payload },
    files,
    made: { time: new Date(world.now()).toISOString(), version: VERSION },
  };
}

/** The stages and aliases that point to the version now. */
function placesOf({ stages, aliases }: HistoryDocument, version: number | null): string[] {
  const held = (of: Readonly<Record<string, number>>): string[] =>
    Object.entries(of).flatMap(([place, at]) => (at === version ? [place] : []));
  return [...held(stages), ...held(aliases).map((alias) => `@${alias}`)];
}

function madeWith({ model, flavor }: ModelPackage): (readonly [string, string])[] {
  const versions: (readonly [string, string | null])[] = [['mlflow', model.mlflowVersion]];
  for (const [key, value] of model.flavors.get(flavor) ?? [])
    if (/_version$/.test(key) && typeof value === 'string') versions.push([key.replace(/_version$/, ''), value]);
  const python = model.flavors.get('python_function')?.get('python_version');
  if (typeof python === 'string') versions.push(['Python', python]);
  return versions.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

/** The first row of the example, and the first row of the answer. */
function exampleOf({ example, answer }: SmokeFacts): ModelCard['example'] {
  if (example === undefined || example.table.rows === 0) return null;
  const first = (table: Table): Map<string, unknown> =>
    new Map(Object.entries(goldenOf(table).predictions).map(([name, values]) => [name, values[0]]));
  return { inputs: first(example.table), outputs: answer === undefined ? new Map() : first(answer) };
}

const requirementsOf = (file: Uint8Array | undefined): string[] =>
  new TextDecoder()
    .decode(file)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');

type Kept = Pick<ModelCard, 'pictures' | 'noPictures' | 'recipe' | 'origin' | 'originFault'>;

/** What the run recorded and kept: the lineage, the recipe, and the pictures that are not drawn again. */
async function keptOf(
  world: World,
  resolved: ResolvedModel,
  request: ReportRequest,
  { evaluated }: SmokeFacts,
  known: Standing,
): Promise<Kept> {
  const { run } = known;
  const drawn = evaluated === undefined ? [] : evaluationPlots(evaluated, run?.params.get('target') ?? 'value');
  const names = new Set(drawn.map(([path]) => path));
  const pictures: Picture[] = drawn.map(([name, svg]) => ({ kind: 'drawn', name, svg }));
  if (!run) return { pictures, noPictures: null, recipe: null, origin: null, originFault: null };
  try {
    const files = await filesOfRun(world, resolved, request, run);
    const { lineage, fault } = await readLineage(run, files, [known.version?.tags, known.model?.tags]);
    const kept = await readKeptFiles(files, (path) => !names.has(path), world.signal);
    for (const { path, type, bytes } of kept.pictures)
      pictures.push({ kind: 'recorded', name: path, type, base64: Buffer.from(bytes).toString('base64') });
    const { left, recipe } = kept;
    const missing =
      left === 0 ? null : `${plural(left, 'more picture')} of the run ${left === 1 ? 'is' : 'are'} left out`;
    return { pictures, noPictures: missing, recipe, origin: lineage, originFault: fault };
  } catch (error) {
    if (!(error instanceof MlctlError) || world.signal.aborted) throw error;
    const why = `the files of the run could not be read: ${error.message}`;
    return { pictures, noPictures: why, recipe: null, origin: lineageOfTags(run), originFault: why };
  }
}

/** The lines of an audit; why there are none, if it could not be done. */
async function proofOf(world: World, stores: Stores, request: ReportRequest, uri: string): Promise<ModelCard['proof']> {
  try {
    return (await auditIn(world, stores, { ...request, uri })).lines;
  } catch (error) {
    if (!(error instanceof MlctlError) || world.signal.aborted) throw error;
    return error.message;
  }
}
