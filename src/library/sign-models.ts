// The verbs of signatures, as functions of a program: what the commands do, with the document that `--json` prints.
import { worldOfProcess } from '../env.js';
import type { MakeSigningKeyRequest, SigningKeyDocument } from '../operations/make-signing-key.js';
import type { SignDocument, SignRequest } from '../operations/sign.js';
import type { VerifyDocument, VerifyRequest } from '../operations/verify.js';
import type { WorldOptions } from './types.js';

/**
 * Signs the files of a model (OpenSSF Model Signing), and binds them to its name, version and run.
 *
 * @example
 * const { root } = await sign({ uri: 'models:/iris_clf/3', key: 'signing.key' });
 */
export async function sign(request: SignRequest, options: WorldOptions = {}): Promise<SignDocument> {
  const { signModel } = await import('../operations/sign.js');
  return signModel(worldOfProcess(options), request);
}

/**
 * Verifies the signature of a model. What is wrong with it is in `parts`; `valid` sums them up.
 *
 * @example
 * const { valid, parts } = await verify({ uri: 'models:/iris_clf@champion', publicKey: 'signing.key.pub' });
 * if (!valid) console.error(parts.filter(({ status }) => status === 'fail'));
 */
export async function verify(request: VerifyRequest, options: WorldOptions = {}): Promise<VerifyDocument> {
  const { verifyModel } = await import('../operations/verify.js');
  return verifyModel(worldOfProcess(options), request);
}

/**
 * Makes a pair of keys to sign models with. Nothing is overwritten.
 *
 * @example
 * const { public_key } = await makeSigningKey({ path: 'signing.key' });
 */
export async function makeSigningKey(
  request: MakeSigningKeyRequest,
  options: WorldOptions = {},
): Promise<SigningKeyDocument> {
  const { makeSigningKey: make } = await import('../operations/make-signing-key.js');
  return make(worldOfProcess(options), request);
}
