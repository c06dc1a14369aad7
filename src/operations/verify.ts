// Turns a model and a public key into the verdict on its signature. What is wrong with it is in the document and is not thrown.
import { join, resolve } from 'node:path';
import type { ResolvedDocument } from '../documents/resolved.js';
import { fetchFolder } from '../loader/fetch-package.js';
import { resolveModel } from '../loader/resolve-model.js';
import { digestToSign, readSignatureAt, signatureOfFile } from '../loader/signed-folder.js';
import { verifySignature } from '../loader/verify-signature.js';
import { digestPackage } from '../model/digest-package.js';
import type { StoreOptions } from '../session/stores.js';
import type { SigningKey } from '../signing/keys.js';
import { SIGNATURE_FILES } from '../signing/signature-names.js';
import type { SignatureVerdict } from '../signing/types.js';
import { verifyPackageSignature } from '../signing/verify-package-signature.js';
import { redactUri } from '../text/redact.js';
import { parseModelUri } from '../uri/parse-model-uri.js';
import { onRemotes, type World } from '../world.js';
import { publicKeyOf } from './signing-keys.js';

export interface VerifyRequest extends StoreOptions {
  /** A model URI, a folder or a file. */
  readonly uri?: string;
  /** File of the public key (PEM); MLCTL_PUBLIC_KEY if left out. */
  readonly publicKey?: string;
  /** A signature file, or a folder that holds the signature files. */
  readonly signature?: string;
}

/** What `mlctl verify --json` prints. */
export interface VerifyDocument extends SignatureVerdict {
  readonly uri: string;
  /** Null for a folder that no store knows. */
  readonly resolved: ResolvedDocument | null;
}

/** Throws KEY_REFUSED, MODEL_NOT_FOUND, PATH_REFUSED, or what the stores throw. */
export async function verifyModel(world: World, request: VerifyRequest): Promise<VerifyDocument> {
  const { uri } = request;
  const key = await publicKeyOf(world, request.publicKey, uri);
  const at = request.signature === undefined ? null : resolve(world.cwd, request.signature);
  const parsed = uri === undefined ? null : parseModelUri(uri);
  if (parsed?.kind === 'path') {
    const place = resolve(world.cwd, parsed.path);
    return { uri: parsed.path, resolved: null, ...(await verifyFolder(place, key, at)) };
  }
  return onRemotes(world, async () => {
    const resolved = await resolveModel(world, uri, request);
    try {
      const { folder } = await fetchFolder(world, resolved);
      const digest = await digestPackage(folder);
      const given = at === null ? undefined : readSignatureAt(at);
      const verdict = await verifySignature(world, resolved, { folder, digest }, key, request, given);
      return { uri: redactUri(resolved.uri), resolved: resolved.document, ...verdict };
    } finally {
      await resolved.close();
    }
  });
}

/** What is read as the signature is not a part of the model; all other files must be signed. */
async function verifyFolder(place: string, key: SigningKey, at: string | null): Promise<SignatureVerdict> {
  const own = at === null || at === place || at === join(place, SIGNATURE_FILES.signature);
  const { files, single } = await digestToSign(place, own);
  const signature = readSignatureAt(at ?? (single ? signatureOfFile(place) : place));
  const besides = own || at === null ? files : files.filter(({ path }) => join(place, path) !== at);
  return verifyPackageSignature({ files: besides, single, signature, key, binding: null });
}
