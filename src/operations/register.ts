// `register`: an existing model given a name and version in the registry; the same model twice is the version it already has.
import { MlctlError } from '../errors/error.js';
import type { ModelVersion } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { fetchPackage } from './fetch-package.js';
import { moveVersion } from './move-version.js';
import { checkRegistration, recordModelVersion } from './record-model-version.js';
import { PACKAGE_DIGEST_TAG, PAYLOAD_DIGEST_TAG } from './recorded-digest.js';
import { type ResolvedModel, resolveModel } from './resolve-model.js';
import type { RegisterDocument, RegisterRequest } from './types.js';
import { versionsOf } from './versions-of.js';

/** What a model version names as its source: the logged model where there is one, else the place of its files. */
function sourceOf(
  resolved: ResolvedModel,
  uri: string,
): { source: string; modelId: string | null; runId: string | null } {
  const { model_id: modelId, run_id: runId, kind, location } = resolved.document;
  if (modelId !== null) return { source: `models:/${modelId}`, modelId, runId };
  if (kind === 'path' || kind === 'artifact') {
    throw new MlctlError(
      'USAGE',
      `"${printable(uri, 150)}" is a folder that no run logged; the registry names models that a run made`,
      {
        hint: `Log it first: mlctl log ${printable(location, 150)} --register NAME`,
      },
    );
  }
  return { source: location, modelId: null, runId };
}

export async function registerModel(world: World, request: RegisterRequest): Promise<RegisterDocument> {
  const { stage } = checkRegistration(request);
  const resolved = await resolveModel(world, request.uri, request);
  try {
    const { source, modelId, runId } = sourceOf(resolved, request.uri);
    const pkg = await fetchPackage(world, resolved);
    const digest = { package: pkg.digest.package, payload: pkg.digest.payload };
    const registry = await resolved.stores.registry();
    const same = (one: ModelVersion): boolean => one.source === source && (runId === null || one.runId === runId);
    const existing =
      (await registry.getRegisteredModel(request.name)) === null
        ? undefined
        : (await versionsOf(registry, request.name)).find(same);
    const tags = new Map([
      ...(request.tags ?? []),
      [PACKAGE_DIGEST_TAG, digest.package],
      ...(digest.payload === null ? [] : [[PAYLOAD_DIGEST_TAG, digest.payload] as const]),
    ]);
    let version: ModelVersion;
    if (existing) {
      version = existing;
      // A version that somebody else registered gets the digest that nobody recorded; a recorded one is not touched.
      const missing = [...tags].filter(([key]) => request.tags?.has(key) || !version.tags.has(key));
      for (const [key, value] of missing) await registry.setModelVersionTag(request.name, version.version, key, value);
      if (stage !== null || request.alias !== undefined) {
        await moveVersion(world, registry, version, {
          ...(stage === null ? {} : { stage }),
          ...(request.alias === undefined ? {} : { alias: request.alias }),
          action: 'register',
        });
      }
    } else {
      version = await recordModelVersion(world, registry, {
        ...request,
        uri: request.uri,
        source,
        modelId,
        runId,
        tags,
      });
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
      created: !existing,
    };
  } finally {
    await resolved.close();
  }
}
