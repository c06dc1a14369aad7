// Turns a resolved model, its digested files and a public key into the verdict on its signature.
import { listFolder } from '../files/digest-folder.js';
import type { DigestedPackage } from '../model/digest-package.js';
import type { StoreOptions } from '../session/stores.js';
import type { SigningKey } from '../signing/keys.js';
import { signatureFault } from '../signing/signature-fault.js';
import type { SignatureFiles, SignatureVerdict } from '../signing/types.js';
import { verifyPackageSignature } from '../signing/verify-package-signature.js';
import type { World } from '../world.js';
import { isClaimTrue } from './is-claim-true.js';
import type { ResolvedModel } from './resolve-model.js';
import { bindingOf, readSignature } from './signature-store.js';
import { readSignatureAt, withoutSignature } from './signed-folder.js';

interface PackageFiles {
  readonly folder: string;
  readonly digest: Pick<DigestedPackage, 'files' | 'note'>;
}

/**
 * `given`: a signature that the caller has; else that of the run, or that in a folder which no store knows. A note of MLflow in the package counts as a file that was not
 * signed, unless the registry confirms it. Throws PATH_REFUSED for a package with links.
 */
export async function verifySignature(
  world: World,
  resolved: ResolvedModel,
  { folder, digest }: PackageFiles,
  key: SigningKey,
  options: StoreOptions,
  given?: SignatureFiles,
): Promise<SignatureVerdict> {
  listFolder(folder, 'refuse');
  const { note, files } = digest;
  const known = note === null || note.claims === 'nothing' || (await isClaimTrue(world, resolved, note.claims));
  const all = known ? files : [note.file, ...files];
  const { kind } = resolved.document;
  const own = kind === 'path' && given === undefined;
  return verifyPackageSignature({
    files: own ? withoutSignature(all) : all,
    single: false,
    signature: given ?? (own ? readSignatureAt(folder) : await readSignature(world, resolved, options)),
    key,
    binding: kind === 'path' || kind === 'artifact' ? null : bindingOf(resolved.document),
  });
}

/** Throws SIGNATURE_REFUSED with the parts that failed. */
export function requireValid(verdict: SignatureVerdict, uri: string): void {
  const failed = verdict.parts.filter(({ status }) => status === 'fail');
  if (failed.length === 0) return;
  throw signatureFault(`the signature of ${uri} does not hold: ${failed.map(({ message }) => message).join('; ')}`, {
    parts: verdict.parts,
  });
}
