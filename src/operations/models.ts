// `models`: the registered models with the newest version of each stage; or one of them with all its versions.
import type { ModelVersion, RegisteredModel } from '../tracking/store.js';
import type { World } from '../world.js';
import { isoTime, record } from './lineage.js';
import { explainMissing } from './not-found.js';
import { paged } from './paged.js';
import { lazyStores } from './stores.js';
import type { ModelsDocument, ModelsRequest, ModelVersionDocument, RegisteredModelDocument } from './types.js';
import { versionsOf } from './versions-of.js';

const DEFAULT_MAX = 50;

function versionDocument(version: ModelVersion, aliases: ReadonlyMap<string, number>): ModelVersionDocument {
  return {
    version: version.version,
    stage: version.stage === 'None' ? null : version.stage,
    aliases: [
      ...new Set([
        ...version.aliases,
        ...[...aliases].filter(([, of]) => of === version.version).map(([alias]) => alias),
      ]),
    ].sort(),
    status: version.status,
    run_id: version.runId,
    model_id: version.modelId,
    source: version.source,
    created: isoTime(version.creationTime),
    tags: record(version.tags),
  };
}

function modelDocument(model: RegisteredModel, versions: readonly ModelVersion[]): RegisteredModelDocument {
  return {
    name: model.name,
    description: model.description,
    created: isoTime(model.creationTime),
    updated: isoTime(model.lastUpdatedTime),
    aliases: record(model.aliases),
    tags: record(model.tags),
    versions: [...versions].sort((a, b) => b.version - a.version).map((one) => versionDocument(one, model.aliases)),
  };
}

export async function listModels(world: World, request: ModelsRequest): Promise<ModelsDocument> {
  const stores = lazyStores(world, request);
  try {
    const registry = await stores.registry();
    if (request.name !== undefined) {
      const model = await registry.getRegisteredModel(request.name);
      if (model === null) throw await explainMissing(registry, `models:/${request.name}`, request.name, 'version');
      return { models: [modelDocument(model, await versionsOf(registry, request.name))], more: false };
    }
    const { items, more } = await paged('models', request.max ?? DEFAULT_MAX, (page) =>
      registry.searchRegisteredModels({
        ...page,
        ...(request.filter === undefined ? {} : { filter: request.filter }),
        ...(request.orderBy === undefined ? {} : { orderBy: request.orderBy }),
      }),
    );
    return { models: items.map((model) => modelDocument(model, model.latestVersions)), more };
  } finally {
    await stores.close();
  }
}
