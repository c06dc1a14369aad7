// Turns PEM text into a key that may sign or verify: elliptic curves P-256, P-384 and P-521, each with the hash that goes with it.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

export interface SigningKey {
  readonly key: KeyObject;
  readonly hash: string;
  /** SHA-256, in hex, of the public key's PEM text. */
  readonly hint: string;
}

const HASHES = new Map([
  ['prime256v1', 'sha256'],
  ['secp384r1', 'sha384'],
  ['secp521r1', 'sha512'],
]);

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;

function refuseKey(shown: string, found: string, facts: { hint: string; cause?: unknown }): MlctlError {
  return new MlctlError('KEY_REFUSED', `the key "${printable(shown)}" cannot be used: ${found}`, facts);
}

function usableKey(key: KeyObject, shown: string): SigningKey {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const hash = HASHES.get(curve ?? '');
  if (hash === undefined) {
    const kind = (key.asymmetricKeyType ?? 'unknown').toUpperCase();
    throw refuseKey(
      shown,
      `it is ${kind === 'EC' ? `an elliptic curve key on ${curve ?? 'a curve without a name'}` : `of the kind ${kind}`}; expected an elliptic curve key on P-256, P-384 or P-521`,
      { hint: 'make one: mlctl sign --new-key signing.key' },
    );
  }
  const open = key.type === 'private' ? createPublicKey(key) : key;
  return { key, hash, hint: createHash('sha256').update(pemOf(open)).digest('hex') };
}

const labelOf = (pem: string): string => /^\s*-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1] ?? '';

/** `shown`: the file, for messages. Throws KEY_REFUSED. */
export function readPublicKey(pem: string, shown: string): SigningKey {
  const label = labelOf(pem);
  if (label !== 'PUBLIC KEY')
    throw refuseKey(
      shown,
      label === '' ? 'it is not a PEM file' : `it holds a ${printable(label, 40).toLowerCase()}; expected a public key`,
      {
        hint: label.endsWith('PRIVATE KEY')
          ? 'name the public key beside it, and keep the private key to yourself'
          : 'name a file that begins with -----BEGIN PUBLIC KEY-----',
      },
    );
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (cause) {
    throw refuseKey(shown, 'its PEM text is damaged', { hint: 'copy the public key again', cause });
  }
  return usableKey(key, shown);
}

/** PKCS8 or SEC1, with a passphrase or without one. Throws KEY_REFUSED. */
export function readPrivateKey(pem: string, shown: string, passphrase: string | undefined): SigningKey {
  const label = labelOf(pem);
  if (!label.endsWith('PRIVATE KEY'))
    throw refuseKey(
      shown,
      label === ''
        ? 'it is not a PEM file'
        : `it holds a ${printable(label, 40).toLowerCase()}; expected a private key`,
      { hint: 'name a private key, or make one: mlctl sign --new-key signing.key' },
    );
  const locked = label.startsWith('ENCRYPTED') || /^Proc-Type: *4, *ENCRYPTED/m.test(pem);
  if (locked && passphrase === undefined)
    throw refuseKey(shown, 'it has a passphrase, and none was given', {
      hint: 'name a file that holds it with --passphrase-file, or set MLCTL_SIGNING_PASSPHRASE',
    });
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(locked ? { passphrase } : {}) });
  } catch (cause) {
    throw refuseKey(
      shown,
      locked
        ? 'its passphrase is another one, or its PEM text is damaged'
        : 'its PEM text is damaged, or it is of a kind that is not supported',
      { hint: locked ? 'check the passphrase' : 'copy the key again', cause },
    );
  }
  return usableKey(key, shown);
}

/** A new P-256 key: the private key's PEM (PKCS8, encrypted if there is a passphrase) and the public key's. */
export function newKeyPair(passphrase: string | undefined): { privatePem: string; publicPem: string; hint: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const privatePem = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
  }) as string;
  return { privatePem, publicPem: pemOf(publicKey), hint: usableKey(publicKey, 'the new key').hint };
}
