// Turns a statement into a DSSE envelope (Dead Simple Signing Envelope v1), and an envelope into its statement if a key signed it.
import { sign, verify } from 'node:crypto';
import { printable } from '../text/printable.js';
import type { SigningKey } from './keys.js';
import { signatureFault } from './signature-fault.js';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export interface Envelope {
  readonly payload: string;
  readonly payloadType: typeof PAYLOAD_TYPE;
  readonly signatures: readonly { readonly sig: string; readonly keyid?: string | null | undefined }[];
}

/** What is signed: the type and the payload, each with its length, so that neither can be read as the other. */
const encoded = (payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.byteLength} `), payload]);

export function signStatement(statement: unknown, { key, hash }: SigningKey, keyid: string): Envelope {
  const payload = Buffer.from(JSON.stringify(statement));
  return {
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ sig: sign(hash, encoded(payload), key).toString('base64'), keyid }],
  };
}

/** The bytes of the statement. Throws SIGNATURE_REFUSED if this key did not sign them. */
export function openEnvelope({ payload, signatures }: Envelope, { key, hash, hint }: SigningKey, what: string): Buffer {
  const bytes = Buffer.from(payload, 'base64');
  const [signature] = signatures;
  const keyid = signature?.keyid ?? '';
  if (keyid !== '' && keyid !== hint)
    throw signatureFault(`${what} is by another key: ${printable(keyid, 80)}, and the given key is ${hint}`);
  if (signature === undefined || !verify(hash, encoded(bytes), key, Buffer.from(signature.sig, 'base64')))
    throw signatureFault(`${what} was not signed by the given key, or was changed since`);
  return bytes;
}
