// Turns a model URI (or none) into an open model: resolved, fetched, verified, opened; close it when done.

import type { ResolvedDocument } from '../documents/resolved.js';
import { openPackage } from '../inference/open-package.js';
import type { OpenModel, PoolLimits } from '../inference/types.js';
import type { Signature } from '../schema/types.js';
import type { StoreOptions } from '../session/stores.js';
import { onRemotes, type World } from '../world.js';
import { type FetchedPackage, fetchPackage } from './fetch-package.js';
import { isKnownPackage } from './known-packages.js';
import { type EngineOptions, pythonEngine } from './python-engine.js';
import { type ResolvedModel, resolveModel } from './resolve-model.js';

interface OpenedModel {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly package: FetchedPackage;
  readonly signature: Signature | null;
  readonly model: OpenModel;
  close(): Promise<void>;
}

/** Opens a package that is on this machine: in this process if its bytes are known, else in a process that can be ended. */
export function openFetched(
  world: World,
  pkg: FetchedPackage,
  options: EngineOptions & { readonly timeoutMs?: number | null; readonly pool?: PoolLimits },
): Promise<OpenModel> {
  return openPackage({
    packageFolder: pkg.folder,
    flavor: pkg.flavor,
    model: pkg.model,
    payload: pkg.payload,
    digest: pkg.digest,
    trusted: isKnownPackage(world, pkg.digest.package),
    timeoutMs: options.timeoutMs ?? null,
    signal: world.signal,
    manyCalls: true,
    python: pythonEngine(world, options),
    ...(options.pool ? { pool: options.pool } : {}),
  });
}

/** Resolved and on this machine; close `resolved` when done. */
export async function findPackage(
  world: World,
  uri: string | undefined,
  options: StoreOptions,
): Promise<{ resolved: ResolvedModel; pkg: FetchedPackage }> {
  return onRemotes(world, async () => {
    const resolved = await resolveModel(world, uri, options);
    try {
      return { resolved, pkg: await fetchPackage(world, resolved) };
    } catch (error) {
      await resolved.close().catch(() => {});
      throw error;
    }
  });
}

export async function openModel(
  world: World,
  uri: string | undefined,
  options: StoreOptions & EngineOptions & { readonly timeoutMs?: number | null } = {},
): Promise<OpenedModel> {
  const { resolved, pkg } = await findPackage(world, uri, options);
  try {
    const model = await openFetched(world, pkg, options);
    return {
      uri: resolved.uri,
      resolved: resolved.document,
      package: pkg,
      signature: pkg.model.signature,
      model,
      close: async () => {
        await model.close();
        await resolved.close();
      },
    };
  } catch (error) {
    await resolved.close().catch(() => {});
    throw error;
  }
}
