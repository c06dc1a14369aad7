// Turns a registry into one summary for each version that a stage or an alias points to. One that fails does not stop the rest.
import type { AuditAllDocument, AuditedVersionDocument } from '../documents/audit.js';
import { documentOfError } from '../documents/error.js';
import { MlctlError } from '../errors/error.js';
import { inWords, isLoaded, type StageOrAlias } from '../registry/stage-or-alias.js';
import { DEFAULT_MAX } from '../session/list-options.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import type { RegisteredModel } from '../tracking/model-registry.js';
import { paged } from '../tracking/paged.js';
import { stageNamed } from '../uri/stages.js';
import type { World } from '../world.js';
import { type AuditOptions, auditVersion } from './audit.js';

export interface AuditAllRequest extends StoreOptions, Pick<AuditOptions, 'timeoutMs' | 'publicKey'> {
  /** Registered models to look at; 20 if left out. */
  readonly max?: number;
}

/** Versions that services load, newest first, with what points to them. */
function loadedVersions({ aliases, latestVersions }: RegisteredModel): readonly (readonly [number, string[]])[] {
  const places: (readonly [number, StageOrAlias])[] = [
    ...latestVersions.flatMap(({ version, stage }) => {
      const target = stageNamed(stage);
      return target === undefined ? [] : [[version, { kind: 'stage', target }] as const];
    }),
    ...[...aliases].map(([target, version]) => [version, { kind: 'alias', target }] as const),
  ];
  const of = new Map<number, string[]>();
  for (const [version, place] of places.filter(([, one]) => isLoaded(one)))
    of.set(version, [...(of.get(version) ?? []), inWords(place)]);
  return [...of].sort(([a], [b]) => b - a);
}

async function audited(
  world: World,
  stores: Stores,
  request: AuditAllRequest,
  version: { readonly name: string; readonly version: number },
  places: readonly string[],
): Promise<AuditedVersionDocument> {
  const base = { ...version, uri: `models:/${version.name}/${version.version}`, places };
  try {
    const { lines, counts } = await auditVersion(world, stores, request, version);
    const refuted = lines.filter(({ ok }) => !ok).map(({ id, message }) => ({ id, message }));
    return { ...base, ok: refuted.length === 0, refuted, counts, error: null };
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof MlctlError) || error.exitCode === 70) throw error;
    return { ...base, ok: false, refuted: [], counts: null, error: documentOfError(error) };
  }
}

/** Throws what keeps the registry from being listed. */
export async function auditAll(world: World, request: AuditAllRequest = {}): Promise<AuditAllDocument> {
  const start = world.now();
  const stores = existingStores(world, request);
  try {
    const registry = await stores.registry();
    const { items, more } = await paged('registered models', request.max ?? DEFAULT_MAX, (page) =>
      registry.searchRegisteredModels({ ...page, orderBy: ['name ASC'] }),
    );
    const versions: AuditedVersionDocument[] = [];
    for (const model of items)
      for (const [version, places] of loadedVersions(model)) {
        world.progress?.(`auditing ${model.name} ${version}`);
        versions.push(await audited(world, stores, request, { name: model.name, version }, places));
      }
    return { versions, more, elapsed_ms: world.now() - start };
  } finally {
    await stores.close().catch(() => {});
  }
}
