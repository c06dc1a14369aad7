// A model URI (or none) turned into an open model: resolved, fetched, verified, opened; close it when done.

import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import type { OpenModel } from '../inference/types.js';
import type { Signature } from '../schema/types.js';
import type { StoreOptions } from '../session/stores.js';
import { onRemotes, type World } from '../world.js';
import { type FetchedPackage, fetchPackage } from './fetch-package.js';
import { type ResolvedModel, resolveModel } from './resolve-model.js';

export interface OpenedModel {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly package: FetchedPackage;
  readonly signature: Signature | null;
  readonly model: OpenModel;
  close(): Promise<void>;
}

/** Opens the payload of a package that is on this machine. `timeoutMs` null: no deadline. */
export async function openPackage(
  pkg: FetchedPackage,
  timeoutMs: number | null,
  signal?: AbortSignal,
): Promise<OpenModel> {
  if (pkg.flavor !== 'onnx' || pkg.payload === null) {
    throw new MlctlError('MODEL_UNSUPPORTED', `The model is of flavor "${pkg.flavor}", which is not opened here`, {
      hint: 'Log it as ONNX from where it was made.',
      details: { flavor: pkg.flavor },
    });
  }
  const { openOnnx } = await import('../inference/open-onnx.js');
  return openOnnx({
    packageFolder: pkg.folder,
    payload: pkg.payload,
    trusted: pkg.verified !== 'none',
    timeoutMs,
    signature: pkg.model.signature,
    ...(signal ? { signal } : {}),
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
  options: StoreOptions & { readonly timeoutMs?: number | null } = {},
): Promise<OpenedModel> {
  const { resolved, pkg } = await findPackage(world, uri, options);
  try {
    const model = await openPackage(pkg, options.timeoutMs ?? null, world.signal);
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
