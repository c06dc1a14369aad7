// Turns a logged model into a version of the registry, then moves its stage and alias. The registry is the commit point of a run.
import { randomUUID } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { checkAlias, checkModelName, checkStage } from '../tracking/limits.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import type { TrackingStore } from '../tracking/tracking-store.js';
import type { Stage } from '../uri/stages.js';
import type { World } from '../world.js';
import { moveVersion } from './move-version.js';
import { versionsOf } from './versions-of.js';

export interface Registration {
  readonly name: string;
  readonly stage?: string;
  readonly alias?: string;
}

/** Throws NAME_INVALID or USAGE for a name, stage or alias that no registry accepts. */
export function checkRegistration({ name, stage, alias }: Registration): { stage: Stage | null } {
  checkModelName(name);
  if (alias !== undefined) checkAlias(alias);
  return { stage: stage === undefined ? null : checkStage(stage) };
}

interface NewVersion extends Registration {
  readonly uri: string;
  readonly source: string;
  readonly modelId: string | null;
  readonly runId: string | null;
  readonly tags: ReadonlyMap<string, string>;
  /** The store that has the logged model, if that may not be the registry's. */
  readonly models?: TrackingStore;
  /** Whether a version is of the same model. If two commands made one at the same moment, both use the lowest. */
  readonly same?: (version: ModelVersion) => boolean;
  /** Kept as a tag of the version, so that the caller can find its own version again. */
  readonly requestId?: string;
}

/** The new version. An error after it exists names it, and says how to finish by hand. */
export async function recordModelVersion(
  world: World,
  registry: ModelRegistry,
  request: NewVersion,
): Promise<ModelVersion> {
  checkRegistration(request);
  world.signal.throwIfAborted();
  await refuseStranger(registry, request);
  await registry.ensureRegisteredModel(request.name);
  const made = await registry.createModelVersion({
    name: request.name,
    source: request.source,
    modelId: request.modelId,
    runId: request.runId,
    tags: request.tags,
    requestId: request.requestId ?? randomUUID(),
  });
  return movingRegistered(made, async () => {
    const version = request.same ? await lowestOf(world, registry, made, request.same) : made;
    await moveRegistered(world, registry, version, request);
    return version;
  });
}

async function lowestOf(
  world: World,
  registry: ModelRegistry,
  made: ModelVersion,
  same: (version: ModelVersion) => boolean,
): Promise<ModelVersion> {
  const twins = (await versionsOf(registry, made.name)).filter(same);
  const lowest = twins.reduce((least, one) => (one.version < least.version ? one : least), made);
  if (lowest.version !== made.version)
    world.note(
      `another command registered the same model at the same moment: it is version ${lowest.version}, and version ${made.version} is a duplicate`,
    );
  return lowest;
}

/** A server refuses a logged model that another store has, but creates the empty name first. */
async function refuseStranger(registry: ModelRegistry, { models, modelId, name }: NewVersion): Promise<void> {
  if (modelId === null || models === undefined || registry.uri === models.uri) return;
  if (await registry.hasLoggedModel(modelId)) return;
  const shown = printable(name, 100);
  throw new MlctlError(
    'MODEL_NOT_FOUND',
    `"${shown}" was not registered: the logged model ${modelId} is in ${models.uri}, and the registry ${registry.uri} only knows its own models`,
    {
      hint: 'unset MLFLOW_REGISTRY_URI, or set it to the server that has the model',
      details: { model_id: modelId },
    },
  );
}

/** Stage and alias of a registration, if any were asked for. */
export async function moveRegistered(
  world: World,
  registry: ModelRegistry,
  version: ModelVersion,
  request: Registration,
): Promise<void> {
  const { stage } = checkRegistration(request);
  if (stage === null && request.alias === undefined) return;
  await moveVersion(world, registry, version, {
    ...(stage === null ? {} : { stage }),
    ...(request.alias === undefined ? {} : { alias: request.alias }),
    action: 'register',
  });
}

/** An error in `work` also names the version that exists, so that nobody registers the model again. */
export async function movingRegistered<T>({ name, version }: ModelVersion, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    const registered = { name, version };
    throw error.saying(error.message, { details: { registered }, state: { registered } });
  }
}
