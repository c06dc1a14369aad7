// Turns the digests of a package's files into a signature in the OpenSSF Model Signing format v1.0, and such a signature into the
// digests that were signed.
import { createHash } from 'node:crypto';
import { printable } from '../text/printable.js';
import { BUNDLE } from './bundle-shapes.js';
import { openEnvelope, signStatement } from './dsse.js';
import type { SigningKey } from './keys.js';
import { readJson } from './read-json.js';
import { signatureFault } from './signature-fault.js';
import { MODEL_STATEMENT } from './statement-shapes.js';
import type { SignedFile } from './types.js';

interface SignedManifest {
  /** SHA-256, in hex, of the raw digests in the order of the signature. */
  readonly root: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Code points have the order of their UTF-8 bytes. */
const inOrder = (files: readonly SignedFile[]): SignedFile[] =>
  files
    .map((file) => ({ file, key: Buffer.from(file.path) }))
    .sort((a, b) => a.key.compare(b.key))
    .map(({ file }) => file);

const rootOf = (digests: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const digest of digests) hash.update(digest, 'hex');
  return hash.digest('hex');
};

/** `name`: of the folder, for people. `ignored`: the files beside the package that are not signed. */
export function signModelFiles(
  files: readonly SignedFile[],
  name: string,
  ignored: readonly string[],
  key: SigningKey,
): { root: string; bundle: string } {
  const sorted = inOrder(files);
  const root = rootOf(sorted.map(({ sha256 }) => sha256));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name, digest: { sha256: root } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ignored },
      resources: sorted.map(({ path, sha256 }) => ({ name: path, algorithm: 'sha256', digest: sha256 })),
    },
  };
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: key.hint }, tlogEntries: [] },
    dsseEnvelope: signStatement(statement, key, ''),
  };
  return { root, bundle: `${JSON.stringify(bundle)}\n` };
}

type Material = ReturnType<typeof readBundle>['verificationMaterial'];

/** Of the right form; who signed it, and what, is not looked at. Throws SIGNATURE_REFUSED. */
const readBundle = (bytes: Uint8Array) => readJson(bytes, BUNDLE, 'the signature');

/** What the bundle says of its key must be true of ours: nothing else of it is trusted. */
function checkMaterial(material: Material, key: SigningKey): void {
  if (!('publicKey' in material))
    throw signatureFault(
      `the signature was made ${'certificate' in material ? 'without a key, through Sigstore' : 'with a certificate'}; mlctl verifies signatures that were made with a key`,
    );
  const { publicKey, tlogEntries = [], timestampVerificationData: times } = material;
  if (tlogEntries.length > 0 || (times?.rfc3161Timestamps ?? []).length > 0)
    throw signatureFault('the signature names entries of a transparency log or timestamps, which mlctl cannot check');
  const { hint = '', rawBytes } = publicKey;
  if (hint !== '' && hint !== key.hint)
    throw signatureFault(`the signature is by another key: ${printable(hint, 80)}, and the given key is ${key.hint}`);
  if (rawBytes === undefined) return;
  const raw = Buffer.from(rawBytes, 'base64');
  const forms = [key.key.export({ type: 'spki', format: 'der' }), key.key.export({ type: 'spki', format: 'pem' })];
  if (!forms.some((form) => raw.equals(Buffer.from(form))))
    throw signatureFault('the signature carries another key than the given one');
}

/** The files that this key signed. Throws SIGNATURE_REFUSED. */
export function openModelSignature(bytes: Uint8Array, key: SigningKey): SignedManifest {
  const bundle = readBundle(bytes);
  checkMaterial(bundle.verificationMaterial, key);
  const payload = openEnvelope(bundle.dsseEnvelope, key, 'the signature');
  const { subject, predicate } = readJson(payload, MODEL_STATEMENT, 'the signed statement');
  const { serialization, resources } = predicate;
  if (serialization.method !== 'files')
    throw signatureFault('the files were signed in shards; mlctl verifies signatures of whole files');
  if (serialization.hash_type !== 'sha256')
    throw signatureFault(`the files were signed by their ${serialization.hash_type} digests; mlctl verifies SHA-256`);
  const files = new Map<string, string>();
  for (const { name, algorithm, digest } of resources) {
    if (algorithm !== 'sha256' || digest.length !== 64)
      throw signatureFault(`the signed digest of "${printable(name, 120)}" is not a SHA-256`);
    if (files.has(name)) throw signatureFault(`the signature lists "${printable(name, 120)}" twice`);
    files.set(name, digest);
  }
  if (files.size === 0) throw signatureFault('the signature lists no files');
  const root = rootOf(files.values());
  if (subject[0]?.digest.sha256 !== root)
    throw signatureFault('the signed digest of the whole model is not that of the files that the signature lists');
  return { root, files };
}
