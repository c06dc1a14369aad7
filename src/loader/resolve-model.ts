// Turns a model URI (or none) into where its files are, what was recorded of them, and the run they came from.

import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { ArtifactStore } from '../artifacts/store.js';
import { type LineageDocument, lineageOf } from '../documents/lineage.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { noModelAt } from '../registry/no-model-at.js';
import { artifactsAt } from '../session/artifacts-at.js';
import { existingStores, type StoreOptions, type Stores, trackingIfThere } from '../session/stores.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { withoutEnd } from '../text/without-end.js';
import type { Run } from '../tracking/tracking-store.js';
import { parseModelUri } from '../uri/parse-model-uri.js';
import type { ModelUri } from '../uri/types.js';
import type { World } from '../world.js';
import { defaultModelUri } from './default-model-uri.js';
import { findInRun } from './find-in-run.js';
import { GOLDEN_TAG } from './golden-tag.js';
import type { Place } from './place.js';
import { type RecordedDigest, recordedDigest } from './recorded-digest.js';
import { recordedFiles } from './recorded-files.js';
import { resolveRegistered } from './resolve-registered.js';
import type { Standing } from './standing.js';

export interface ResolvedModel {
  /** The URI asked for, or the default that was taken; without secrets. */
  readonly uri: string;
  readonly document: ResolvedDocument;
  readonly files: ArtifactStore;
  /** Where in `files` the package is; '' for the root. */
  readonly path: string;
  readonly recorded: RecordedDigest | null;
  /** The text of the predictions that `register` recorded beside the version; null if it did not. */
  readonly golden: string | null;
  /** Which files the package had when it was logged, by path; null if that was not recorded. Asks the stores again. */
  loggedFiles(): Promise<ReadonlyMap<string, string> | null>;
  /** The run that made the model; null if none is known. */
  run(): Promise<Run | null>;
  /** What the stores say about it besides its bytes; asks them again if need be. */
  standing(): Promise<Standing>;
  lineage(): Promise<LineageDocument | null>;
  /** The stores it came from, still open. */
  readonly stores: Stores;
  close(): Promise<void>;
}

const NOWHERE = { runId: null, version: null, model: null, run: null, ownFolder: false } as const;

function localPlace(world: World, path: string): Place {
  const folder = isAbsolute(path) ? path : resolve(world.cwd, path);
  const facts = statSync(folder, { throwIfNoEntry: false });
  if (facts?.isDirectory()) return { ...NOWHERE, location: folder, path: '' };
  if (facts)
    throw noModelAt(
      path,
      'it is a file; a model package is a folder that holds MLmodel',
      `log it first: mlctl log ${path}`,
    );
  throw noModelAt(path, 'there is no such folder', meantBy(path));
}

/** What a path that is not there may have been meant as: `iris_clf/1` as promote takes it, `iris_clf@champion`, the id of a run. */
function meantBy(path: string): string {
  const shown = printable(path, 200);
  if (/^[0-9a-f]{32}(?:\/[^/]+)?$/i.test(path))
    return `did you mean runs:/${shown}${path.includes('/') ? '' : '/model'}?`;
  if (/^m-[0-9a-f]{32}$/i.test(path)) return `did you mean models:/${shown}?`;
  if (/^[^/\\.@:][^/\\@:]*(?:\/[^/\\@:]+|@[^/\\@:]+)$/.test(path)) return `did you mean models:/${shown}?`;
  if (/^[^/\\.@:][^/\\@:]*$/.test(path))
    return `did you mean models:/${shown}/VERSION? mlctl models lists what is registered`;
  return 'a URI starts with runs:/, models:/, s3:// or file:///; see `mlctl models`';
}

async function findById(stores: Stores, uri: string, modelId: string): Promise<Place> {
  const tracking = await stores.tracking();
  const model = await tracking.getLoggedModel(modelId);
  if (model === null)
    throw noModelAt(uri, `${tracking.uri} has no logged model of this id`, 'see `mlctl runs` for what was logged');
  if (model.status !== 'READY')
    throw noModelAt(uri, `its upload never finished (status ${model.status})`, 'log the model again');
  return { ...NOWHERE, location: model.artifactUri, path: '', runId: model.sourceRunId, model };
}

const modelOf = async (stores: Stores, modelId: string) => (await stores.tracking()).getLoggedModel(modelId);

async function findPlace(
  world: World,
  stores: Stores,
  options: StoreOptions,
  uri: string,
  parsed: ModelUri,
): Promise<Place> {
  switch (parsed.kind) {
    case 'path':
      return localPlace(world, parsed.path);
    case 'artifact':
      return { ...NOWHERE, location: withoutEnd(parsed.location, '/'), path: '' };
    case 'run':
      return findInRun(world, await stores.tracking(), options, uri, parsed);
    case 'model_id':
      return findById(stores, uri, parsed.modelId);
    default:
      return resolveRegistered(stores, uri, parsed);
  }
}

/** Where the package itself is, for people: the store's root and the path in it. */
function shownLocation(files: ArtifactStore, path: string): string {
  if (path === '') return files.uri;
  return files.localRoot === null ? `${withoutEnd(files.uri, '/')}/${path}` : join(files.localRoot, path);
}

/** Throws URI_INVALID, MODEL_NOT_FOUND, RUN_NOT_FOUND, or what the stores throw. Close it when done. */
export async function resolveModel(
  world: World,
  uri: string | undefined,
  options: StoreOptions = {},
  stores: Stores = existingStores(world, options),
): Promise<ResolvedModel> {
  try {
    return { ...(await resolveIn(world, stores, options, uri)), close: () => stores.close() };
  } catch (error) {
    await stores.close().catch(() => {});
    throw error;
  }
}

/** The same in stores that the caller has opened and closes. */
export async function resolveIn(
  world: World,
  stores: Stores,
  options: StoreOptions,
  uri: string | undefined,
): Promise<ResolvedModel> {
  const taken = uri ?? (await defaultModelUri(world, stores, options));
  const parsed = parseModelUri(taken);
  const place = await findPlace(world, stores, options, taken, parsed);
  const named = !['path', 'artifact'].includes(parsed.kind);
  const owner = named || /^mlflow-artifacts:/i.test(place.location) ? await trackingIfThere(stores) : null;
  // The server that named the place decides: the registry may be another server than that of the runs.
  const namer = place.version === null ? owner : await stores.registry();
  const files = await artifactsAt(
    { world, options, tracking: owner },
    place.location,
    named && namer ? { store: namer, what: taken, to: 'read' } : null,
  );
  let known: Promise<Run | null> | undefined = place.run ? Promise.resolve(place.run) : undefined;
  const run = (): Promise<Run | null> => {
    known ??=
      place.runId === null
        ? Promise.resolve(null)
        : trackingIfThere(stores).then((tracking) => tracking?.getRun(place.runId ?? '') ?? null);
    return known;
  };
  const modelId = place.model?.modelId ?? place.version?.modelId ?? null;
  const speaks = (of: Run | null | undefined): boolean =>
    place.ownFolder || (modelId !== null && of?.modelOutputs.length === 1 && of.modelOutputs[0]?.modelId === modelId);
  // The run is asked only if neither the registry nor the logged model has a digest, and the run's tags may be about this model.
  const early = recordedDigest({ ...place, run: null, runSpeaks: false });
  const last =
    early !== null ? null : place.ownFolder ? await run() : modelId === null ? null : await run().catch(() => null);
  const recorded = early ?? recordedDigest({ ...place, run: last, runSpeaks: speaks(last) });
  const standing = async (): Promise<Standing> => {
    const { version, runId } = place;
    // A store that cannot be asked is not a reason for doubt. A caller that needs the answer asks again and reports the error.
    const unless = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);
    const model = place.model ?? (modelId === null ? null : await unless(modelOf(stores, modelId)));
    const found = await unless(run());
    return { version, model, modelId, run: found, runId, runSpeaks: speaks(found) };
  };
  return {
    uri: redactUri(taken),
    document: {
      kind: parsed.kind,
      run_id: place.runId,
      name: place.version?.name ?? null,
      version: place.version?.version ?? null,
      stage: place.version?.stage ?? null,
      alias: parsed.kind === 'alias' ? parsed.alias : null,
      model_id: modelId,
      location: shownLocation(files, place.path),
    },
    files,
    path: place.path,
    recorded,
    golden: place.version?.tags.get(GOLDEN_TAG) ?? null,
    run,
    standing,
    loggedFiles: async () => (recorded === null ? null : recordedFiles(await standing(), recorded.package)),
    lineage: async () => {
      const tracking = place.runId === null ? null : await trackingIfThere(stores);
      return tracking === null ? null : lineageOf(tracking, await run());
    },
    stores,
    close: async () => {},
  };
}
