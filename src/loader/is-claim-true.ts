// Turns what MLflow's note in a package claims into whether the registry, or the logged model's own record, confirms it.
import { join } from 'node:path';
import { localFolderOf } from '../artifacts/open.js';
import type { ClaimedVersion } from '../model/registered-model-meta.js';
import { withoutEnd } from '../text/without-end.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { World } from '../world.js';
import type { ResolvedModel } from './resolve-model.js';

/** MLflow keeps here which versions were made of a logged model; a version that is renamed or deleted later stays in it. */
const REGISTERED_AS_TAG = 'mlflow.modelVersions';

function isRecorded(tag: string | undefined, { name, version }: ClaimedVersion): boolean {
  try {
    const list: unknown = JSON.parse(tag ?? '[]');
    return (
      Array.isArray(list) &&
      list.some(
        (one: { name?: unknown; version?: unknown } | null) =>
          one?.name === name && String(one.version) === String(version),
      )
    );
  } catch {
    return false;
  }
}

async function pointsHere(world: World, resolved: ResolvedModel, version: ModelVersion): Promise<boolean> {
  const { files, path, document } = resolved;
  if (version.modelId !== null && version.modelId === document.model_id) return true;
  const registry = await resolved.stores.registry();
  const location = withoutEnd(await registry.getModelVersionLocation(version.name, version.version), '/');
  if (files.localRoot === null) return location === withoutEnd(document.location, '/');
  return localFolderOf(location, world.cwd) === join(files.localRoot, path);
}

export async function isClaimTrue(world: World, resolved: ResolvedModel, claim: ClaimedVersion): Promise<boolean> {
  const { name, version } = resolved.document;
  if (name === claim.name && version === claim.version) return true;
  const { model } = await resolved.standing();
  if (isRecorded(model?.tags.get(REGISTERED_AS_TAG), claim)) return true;
  const registry = await resolved.stores.registry();
  // A model that was renamed keeps the numbers of its versions.
  if ((await registry.getRegisteredModel(claim.name)) === null) return version === claim.version;
  const there = await registry.getModelVersion(claim.name, claim.version);
  return there !== null && pointsHere(world, resolved, there);
}
