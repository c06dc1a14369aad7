// `load`: a model URI resolved, fetched, verified and described; with `to`, copied there.
import { join, resolve } from 'node:path';
import type { DigestPair } from '../documents/digest.js';
import type { LineageDocument } from '../documents/lineage.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { SignatureDocument } from '../documents/signature-document.js';
import { signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { digestFolder } from '../files/digest-folder.js';
import { writeFolderAtomically } from '../files/write-folder-atomically.js';
import { type FetchedPackage, fetchPackage } from '../loader/fetch-package.js';
import { resolveModel } from '../loader/resolve-model.js';
import type { StoreOptions } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

export interface LoadRequest extends StoreOptions {
  readonly uri?: string;
  /** Copy the package there. */
  readonly to?: string;
}

export interface LoadDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly flavor: string;
  readonly signature: SignatureDocument | null;
  readonly digest: DigestPair;
  readonly verified: 'registry' | 'run' | 'none';
  readonly path: string;
  readonly lineage: LineageDocument | null;
}

async function copyTo(pkg: FetchedPackage, target: string, signal: AbortSignal): Promise<string> {
  const files = new Map(pkg.digest.files.map((file) => [file.path, { file: join(pkg.folder, file.path) }]));
  await writeFolderAtomically(target, files, { signal });
  const copied = await digestFolder(target);
  if (copied.digest !== pkg.digest.package) {
    throw new MlctlError(
      'INTEGRITY_MISMATCH',
      `The copy in "${printable(target)}" is not what was verified: the package changed while it was copied`,
      {
        hint: 'Remove the copy and run the command again.',
        details: { expected: pkg.digest.package, found: copied.digest },
      },
    );
  }
  return target;
}

export async function loadModel(world: World, request: LoadRequest): Promise<LoadDocument> {
  const resolved = await resolveModel(world, request.uri, request);
  try {
    const pkg = await fetchPackage(world, resolved);
    if (pkg.verified === 'none' && resolved.document.kind !== 'path') {
      world.note('nobody recorded a digest when this model was logged: its files cannot be verified');
    }
    return {
      uri: resolved.uri,
      resolved: resolved.document,
      flavor: pkg.flavor,
      signature: signatureDocument(pkg.model.signature),
      digest: { package: pkg.digest.package, payload: pkg.digest.payload },
      verified: pkg.verified,
      path: request.to === undefined ? pkg.folder : await copyTo(pkg, resolve(world.cwd, request.to), world.signal),
      lineage: resolved.document.run_id === null ? null : await resolved.lineage(),
    };
  } finally {
    await resolved.close();
  }
}
