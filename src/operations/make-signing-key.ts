// Turns a file name into a new pair of keys: the private key in that file, the public key beside it with `.pub` after its name.
import { resolve } from 'node:path';
import { removeFile } from '../files/remove-file.js';
import { refuseExisting } from '../files/write-folder-atomically.js';
import { writeNewFileAtomically } from '../files/write-new-file-atomically.js';
import { newKeyPair } from '../signing/keys.js';
import type { World } from '../world.js';
import { passphraseOf } from './signing-keys.js';

/** Where to write the keys. */
export interface MakeSigningKeyRequest {
  /** The file of the private key. */
  readonly path: string;
  /** File that holds the passphrase to encrypt it with; MLCTL_SIGNING_PASSPHRASE if left out. */
  readonly passphraseFile?: string;
}

/** What `mlctl sign --new-key --json` prints. */
export interface SigningKeyDocument {
  /** SHA-256 of the public key's PEM text. */
  readonly key: string;
  readonly private_key: string;
  readonly public_key: string;
  readonly encrypted: boolean;
}

/** Throws FILE_EXISTS: a key is never overwritten. */
export async function makeSigningKey(world: World, request: MakeSigningKeyRequest): Promise<SigningKeyDocument> {
  const privateFile = resolve(world.cwd, request.path);
  const publicFile = `${privateFile}.pub`;
  const passphrase = await passphraseOf(world, request.passphraseFile);
  const { privatePem, publicPem, hint } = newKeyPair(passphrase);
  await refuseExisting(publicFile);
  await writeNewFileAtomically(privateFile, privatePem, 0o600);
  try {
    await writeNewFileAtomically(publicFile, publicPem);
  } catch (error) {
    removeFile(privateFile);
    throw error;
  }
  return { key: hint, private_key: privateFile, public_key: publicFile, encrypted: passphrase !== undefined };
}
