// Turns a model URI into the answer of `load`: resolved, fetched, verified, opened and described; with `to`, copied there.
import { resolve } from 'node:path';
import { documentOfError, type ErrorDocument } from '../documents/error.js';
import type { LineageDocument } from '../documents/lineage.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { type SignatureDocument, signatureDocument } from '../documents/signature-document.js';
import type { ErrorCode } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { writeFolderAtomically } from '../files/write-folder-atomically.js';
import type { OpenModel } from '../inference/types.js';
import type { Lineage } from '../lineage/types.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { findPackage, openFetched } from '../loader/open-model.js';
import type { EngineOptions } from '../loader/python-engine.js';
import { readModelLineage } from '../loader/read-model-lineage.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { filesOf } from '../model/read-package.js';
import type { DigestPair } from '../model/types.js';
import type { StoreOptions } from '../session/stores.js';
import { onRemotes, type World } from '../world.js';

export interface LoadRequest extends StoreOptions, EngineOptions {
  readonly uri?: string;
  /** Copy the package there. */
  readonly to?: string;
  /** Deadline for opening, ms. */
  readonly timeoutMs?: number;
  /** File of a public key (PEM): the model must be signed by it, as what the URI resolves to. */
  readonly publicKey?: string;
}

/** What `mlctl load --json` prints. */
export interface LoadDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly flavor: string;
  readonly signature: SignatureDocument | null;
  readonly digest: DigestPair;
  readonly verified: 'registry' | 'run' | 'none';
  /** The hint of the key that signed it; null if no key was given. */
  readonly signed_by: string | null;
  readonly path: string;
  readonly lineage: LineageDocument | null;
  /** What the run recorded of how the model was made; null if no run is known. */
  readonly record: Lineage | null;
  /** What runs it; null if it cannot be run here. */
  readonly engine: OpenModel['engine'] | null;
  /** Why it was fetched and verified but cannot be run here; null if it was opened. */
  readonly cannot_run: ErrorDocument | null;
}

/** The package is valid, but this machine or this version of mlctl cannot run it. */
const CANNOT_RUN: ReadonlySet<ErrorCode> = new Set(['MODEL_UNSUPPORTED', 'RUNTIME_MISSING']);

async function tryToOpen(
  world: World,
  pkg: FetchedPackage,
  request: LoadRequest,
): Promise<Pick<LoadDocument, 'engine' | 'cannot_run'>> {
  try {
    const model = await openFetched(world, pkg, request);
    await model.close();
    return { engine: model.engine, cannot_run: null };
  } catch (error) {
    if (!(error instanceof MlctlError) || !CANNOT_RUN.has(error.code)) throw error;
    return { engine: null, cannot_run: documentOfError(error) };
  }
}

/** Throws INTEGRITY_MISMATCH, and leaves nothing behind, if a file is not the one that was verified. */
async function copyTo(pkg: FetchedPackage, target: string, signal: AbortSignal): Promise<string> {
  await writeFolderAtomically(target, filesOf(pkg), { signal });
  return target;
}

async function recordOf(world: World, resolved: ResolvedModel, request: LoadRequest): Promise<Lineage | null> {
  if (resolved.document.run_id === null) return null;
  try {
    const read = await readModelLineage(world, resolved, request);
    if (read !== null && read.fault !== null) world.warn(`the lineage of the run is in doubt: ${read.fault}`);
    return read?.lineage ?? null;
  } catch (error) {
    // The model itself is here and verified.
    world.signal.throwIfAborted();
    world.warn(`the lineage of the run cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Throws SIGNATURE_REFUSED, to be called before anything of the model is opened; the hint of the key, null if none is asked for. */
export async function requireSignature(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  request: Pick<LoadRequest, 'publicKey'> & StoreOptions,
): Promise<string | null> {
  if (request.publicKey === undefined) return null;
  const [{ publicKeyOf }, { requireValid, verifySignature }] = await Promise.all([
    import('./signing-keys.js'),
    import('../loader/verify-signature.js'),
  ]);
  const key = await publicKeyOf(world, request.publicKey, resolved.uri);
  requireValid(await onRemotes(world, () => verifySignature(world, resolved, pkg, key, request)), resolved.uri);
  return key.hint;
}

/** Throws whatever prevents fetching, verifying or opening the model. A model that cannot be run here is still described. */
export async function loadModel(world: World, request: LoadRequest): Promise<LoadDocument> {
  const { resolved, pkg } = await findPackage(world, request.uri, request);
  try {
    if (pkg.verified === 'none' && resolved.document.kind !== 'path') {
      world.note('no digest was recorded when this model was logged, so its files cannot be verified');
    }
    const signedBy = await requireSignature(world, resolved, pkg, request);
    // Opened first, so that an untrusted package is not copied.
    const opened = await tryToOpen(world, pkg, request);
    return {
      uri: resolved.uri,
      resolved: resolved.document,
      flavor: pkg.flavor,
      signature: signatureDocument(pkg.model.signature),
      digest: { package: pkg.digest.package, payload: pkg.digest.payload },
      verified: pkg.verified,
      signed_by: signedBy,
      path: request.to === undefined ? pkg.folder : await copyTo(pkg, resolve(world.cwd, request.to), world.signal),
      lineage: resolved.document.run_id === null ? null : await resolved.lineage(),
      record: await recordOf(world, resolved, request),
      ...opened,
    };
  } finally {
    await resolved.close();
  }
}
