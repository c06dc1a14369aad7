// Turns an existing model into a version of a registered model. Registering the same model again returns the version it already
// has.
import { randomUUID } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import { LINEAGE_DIGEST_TAG, RUN_DIGEST_TAG } from '../lineage/names.js';
import { noteOf } from '../lineage/note-of.js';
import { formatRunDigest, recordOf } from '../lineage/run-digest.js';
import { fetchPackage } from '../loader/fetch-package.js';
import { GOLDEN_TAG } from '../loader/golden-tag.js';
import { readModelLineage } from '../loader/read-model-lineage.js';
import { PACKAGE_DIGEST_TAG, PAYLOAD_DIGEST_TAG } from '../loader/recorded-digest.js';
import { fileListTags } from '../loader/recorded-files.js';
import { type ResolvedModel, resolveModel } from '../loader/resolve-model.js';
import type { ModelPackage } from '../model/read-package.js';
import type { DigestPair } from '../model/types.js';
import { goldenOfPackage } from '../packaging/golden-of-package.js';
import {
  checkRegistration,
  moveRegistered,
  movingRegistered,
  recordModelVersion,
} from '../registry/record-model-version.js';
import { versionsOf } from '../registry/versions-of.js';
import { existingStores, type StoreOptions } from '../session/stores.js';
import { printable } from '../text/printable.js';
import { REQUEST_ID_TAG } from '../tracking/limits.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import type { World } from '../world.js';

export interface RegisterRequest extends StoreOptions {
  readonly uri: string;
  readonly name: string;
  readonly stage?: string;
  readonly alias?: string;
  readonly tags?: ReadonlyMap<string, string>;
  /** Say what would be registered, and write nothing. */
  readonly dryRun?: boolean;
}

/** What `mlctl register --json` prints. */
export interface RegisterDocument {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly run_id: string | null;
  readonly model_id: string | null;
  readonly stage: string | null;
  readonly alias: string | null;
  readonly digest: DigestPair | null;
  /** False if the same model was registered under this name before; the version is that one. */
  readonly created: boolean;
  /** With `dryRun`: nothing was written; `version` is the one that it would get now. */
  readonly dry_run?: true;
}

/** What a model version names as its source: the logged model if there is one, else the place of its files. */
function sourceOf(
  resolved: ResolvedModel,
  uri: string,
): { source: string; modelId: string | null; runId: string | null } {
  const { model_id: modelId, run_id: runId, kind, location } = resolved.document;
  if (modelId !== null) return { source: `models:/${modelId}`, modelId, runId };
  if (kind === 'path' || kind === 'artifact') {
    throw new MlctlError(
      'USAGE',
      `"${printable(uri, 150)}" is a folder that no run logged; only models that a run logged can be registered`,
      {
        hint: `log it first: mlctl log ${printable(location, 150)} --register NAME`,
      },
    );
  }
  return { source: location, modelId: null, runId };
}

/** MLflow's SQL stores keep 5,000 characters of a tag. */
const MOST_GOLDEN = 5000;

/** The predictions for the package's own example, where it was logged without them. */
async function goldenText(world: World, pkg: ModelPackage): Promise<string | null> {
  const golden = await goldenOfPackage(world, pkg);
  if (golden === null) return null;
  const text = JSON.stringify(golden);
  if (text.length <= MOST_GOLDEN) return text;
  world.note('no predictions were recorded: those for the input example do not fit into a tag');
  return null;
}

/** What the run recorded of how the model was made, and a note of it for people; nothing without a run. */
async function recordTags(
  world: World,
  resolved: ResolvedModel,
  request: RegisterRequest,
): Promise<(readonly [string, string])[]> {
  const [run, { model }] = [await resolved.run(), await resolved.standing()];
  const read = run === null ? null : await readModelLineage(world, resolved, request);
  if (run === null || read === null) return [];
  const record = recordOf(run);
  const digest = model?.tags.get(RUN_DIGEST_TAG) ?? (run.status === 'RUNNING' ? null : formatRunDigest(record));
  return [
    ...(read.recorded === null ? [] : [[LINEAGE_DIGEST_TAG, read.recorded] as const]),
    ...(digest === null ? [] : [[RUN_DIGEST_TAG, digest] as const]),
    [NOTE_TAG, noteOf(read.lineage, record.metrics, run)],
  ];
}

/** Which version exists although the command failed. */
function registeredAlready(error: unknown): unknown {
  const made = error instanceof MlctlError ? error.state.registered : undefined;
  if (!(error instanceof MlctlError) || made === undefined) return error;
  return error.saying(`${error.message}; it is registered as version ${made.version} of ${printable(made.name, 100)}`);
}

export async function registerModel(world: World, request: RegisterRequest): Promise<RegisterDocument> {
  const { stage } = checkRegistration(request);
  const resolved = await resolveModel(world, request.uri, request, existingStores(world, request, 'make'));
  try {
    const { source, modelId, runId } = sourceOf(resolved, request.uri);
    const pkg = await fetchPackage(world, resolved);
    const digest = { package: pkg.digest.package, payload: pkg.digest.payload };
    const registry = await resolved.stores.registry();
    const same = (one: ModelVersion): boolean => one.source === source && (runId === null || one.runId === runId);
    const versions =
      (await registry.getRegisteredModel(request.name)) === null ? [] : await versionsOf(registry, request.name);
    const existing = versions.filter(same).at(-1);
    if (request.dryRun === true)
      return {
        name: request.name,
        version: existing?.version ?? Math.max(0, ...versions.map(({ version }) => version)) + 1,
        source,
        run_id: runId,
        model_id: modelId,
        stage,
        alias: request.alias ?? null,
        digest,
        created: existing === undefined,
        dry_run: true,
      };
    // made only for a version that has none
    const golden = existing?.tags.has(GOLDEN_TAG) ? null : await goldenText(world, pkg);
    const tags = new Map([
      ...(await recordTags(world, resolved, request)),
      ...(request.tags ?? []),
      [PACKAGE_DIGEST_TAG, digest.package],
      ...(digest.payload === null ? [] : [[PAYLOAD_DIGEST_TAG, digest.payload] as const]),
      ...(golden === null ? [] : [[GOLDEN_TAG, golden] as const]),
      // What mlctl logged has its list already.
      ...((await resolved.loggedFiles()) === null ? fileListTags(pkg.digest.files) : []),
    ]);
    const requestId = randomUUID();
    let version: ModelVersion;
    try {
      if (existing) {
        version = existing;
        // A version that somebody else registered gets the missing digest; a recorded one is not changed.
        const missing = [...tags].filter(([key]) => request.tags?.has(key) || !version.tags.has(key));
        for (const [key, value] of missing)
          await registry.setModelVersionTag(request.name, version.version, key, value);
        await movingRegistered(existing, () => moveRegistered(world, registry, existing, request));
      } else {
        version = await recordModelVersion(world, registry, {
          ...request,
          source,
          modelId,
          runId,
          tags,
          models: await resolved.stores.tracking(),
          same,
          requestId,
        });
      }
    } catch (error) {
      throw registeredAlready(error);
    }
    return {
      name: request.name,
      version: version.version,
      source,
      run_id: runId,
      model_id: modelId,
      stage: stage ?? (existing ? existing.stage : null),
      alias: request.alias ?? null,
      digest,
      created: version.tags.get(REQUEST_ID_TAG) === requestId,
    };
  } finally {
    await resolved.close();
  }
}
