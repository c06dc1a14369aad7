// Turns the registry into the answer of `models`: the registered models with the newest version of each stage, or one of them
// with all its versions.

import { isoTime, record } from '../documents/json-values.js';
import { notInRegistry } from '../registry/not-in-registry.js';
import { versionsOf } from '../registry/versions-of.js';
import { DEFAULT_MAX, type ListOptions } from '../session/list-options.js';
import { existingStores } from '../session/stores.js';
import type { ModelVersion, RegisteredModel } from '../tracking/model-registry.js';
import { paged } from '../tracking/paged.js';
import type { World } from '../world.js';

/** Which registered models to list. */
export interface ModelsRequest extends ListOptions {
  /** Show this one registered model, with its versions. */
  readonly name?: string;
}

/** A version of a registered model. */
export interface ModelVersionDocument {
  readonly version: number;
  readonly stage: string | null;
  readonly aliases: readonly string[];
  readonly status: string;
  readonly run_id: string | null;
  readonly model_id: string | null;
  readonly source: string;
  readonly created: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** A registered model with its versions and aliases. */
export interface RegisteredModelDocument {
  readonly name: string;
  readonly description: string;
  readonly created: string | null;
  readonly updated: string | null;
  readonly aliases: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  /** All versions of the one asked for; otherwise the newest of each stage. Newest first. */
  readonly versions: readonly ModelVersionDocument[];
}

/** What `mlctl models --json` prints. */
export interface ModelsDocument {
  readonly models: readonly RegisteredModelDocument[];
  readonly more: boolean;
}

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
  const stores = existingStores(world, request);
  try {
    const registry = await stores.registry();
    if (request.name !== undefined) {
      const model = await registry.getRegisteredModel(request.name);
      if (model === null)
        throw await notInRegistry(registry, `models:/${request.name}`, request.name, { kind: 'any', word: '' });
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
