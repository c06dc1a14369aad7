// Turns `models:/<name>/…` and `models:/<name>@…` into the registry's version that a number, stage, alias or `latest` means.

import { notInRegistry, type Wanted } from '../registry/not-in-registry.js';
import type { Stores } from '../session/stores.js';
import { withoutEnd } from '../text/without-end.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { stageNamed } from '../uri/stages.js';
import type { ModelUri } from '../uri/types.js';
import type { Place } from './place.js';

type RegisteredUri = Extract<ModelUri, { kind: 'version' | 'stage' | 'latest' | 'alias' }>;

const newest = (versions: readonly ModelVersion[]): ModelVersion | null =>
  versions.reduce<ModelVersion | null>((best, one) => (best === null || one.version > best.version ? one : best), null);

async function find(registry: ModelRegistry, uri: RegisteredUri): Promise<ModelVersion | null> {
  switch (uri.kind) {
    case 'version':
      return registry.getModelVersion(uri.name, uri.version);
    case 'alias':
      return registry.getModelVersionByAlias(uri.name, uri.alias);
    case 'latest':
      return newest(await registry.getLatestVersions(uri.name));
    case 'stage': {
      const stage = stageNamed(uri.stage);
      return stage === undefined ? null : newest(await registry.getLatestVersions(uri.name, [stage]));
    }
  }
}

function wantedOf(uri: RegisteredUri): Wanted {
  switch (uri.kind) {
    case 'version':
      return { kind: 'version', word: String(uri.version) };
    case 'stage':
      return { kind: 'stage', word: uri.stage };
    case 'alias':
      return { kind: 'alias', word: uri.alias };
    case 'latest':
      return { kind: 'any', word: '' };
  }
}

/** The version itself; throws MODEL_NOT_FOUND, which says what there is. */
export async function findVersion(registry: ModelRegistry, text: string, uri: RegisteredUri): Promise<ModelVersion> {
  // For an unknown name some stores throw and others answer nothing. Ask for the model first, so that the explanation is the
  // same.
  const version = (await registry.getRegisteredModel(uri.name)) === null ? null : await find(registry, uri);
  if (version === null) throw await notInRegistry(registry, text, uri.name, wantedOf(uri));
  return version;
}

export async function resolveRegistered(stores: Stores, text: string, uri: RegisteredUri): Promise<Place> {
  const registry = await stores.registry();
  const version = await findVersion(registry, text, uri);
  const location = await registry.getModelVersionLocation(version.name, version.version);
  const { modelId } = version;
  // The logged model is asked for its digest only if the version itself has none.
  const model =
    modelId !== null && !version.tags.has('mlctl.package_digest')
      ? await stores
          .tracking()
          .then((tracking) => tracking.getLoggedModel(modelId))
          .catch(() => null)
      : null;
  return {
    location,
    path: '',
    runId: version.runId ?? model?.sourceRunId ?? null,
    version,
    model,
    run: null,
    ownFolder: version.runId !== null && withoutEnd(location, '/').endsWith(`/${version.runId}/artifacts/model`),
  };
}
