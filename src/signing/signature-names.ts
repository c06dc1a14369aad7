// The names under which signatures are stored: the files of one, the folder in a run's artifacts that holds them, and the tag of a
// version that says so to people.
import { createHash } from 'node:crypto';
import type { Binding, SignatureFiles } from './types.js';

/** In the package's own folder, or in a folder of their own. They are never a part of the package. */
export const SIGNATURE_FILES = {
  signature: 'model.sig',
  provenance: 'provenance.intoto.json',
  testResult: 'test-result.intoto.json',
} as const;

/** What there is of a model that is not signed. */
export const NO_SIGNATURE: SignatureFiles = { signature: null, provenance: null, testResult: null };

/** JSON: `key` (the hint of the public key), `root` and `place`. It is not trusted: `verify` looks at the place itself. */
export const SIGNATURE_TAG = 'mlctl.signature';

/**
 * The folder of a version's signature, or of that of a model in a run. Two versions of the same files have two, because each is
 * signed under its own name. A model's name may be none that a path can have, so its digest is taken.
 */
export function signatureFolder({ name, version }: Binding, model: string): string {
  const of = name === null ? model : `${name}/${version}`;
  return `signatures/${createHash('sha256').update(of).digest('hex').slice(0, 32)}`;
}
