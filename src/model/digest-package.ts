// Turns a package folder into its digest, and compares it with the one recorded when the model was logged.
import { MlctlError } from '../errors/error.js';
import { type DigestedFile, digestFolder } from '../files/digest-folder.js';
import { printable } from '../text/printable.js';
import type { DigestPair } from './types.js';

/** Files up to this size are kept as they were hashed, so that the bytes verified are the bytes parsed. */
const KEPT_BYTES = 4 * 1024 * 1024;

export interface DigestedPackage extends DigestPair {
  readonly files: readonly DigestedFile[];
  /** Bytes as hashed, of files up to 4 MiB. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** `sha256:<hex>` of one file of the package; null if there is none at this path. */
export function digestOfFile(files: readonly DigestedFile[], path: string): string | null {
  const file = files.find((one) => one.path === path);
  return file ? `sha256:${file.sha256}` : null;
}

/** Reads every file once. `payload` names the payload if it is known already. */
export async function digestPackage(folder: string, payload?: string): Promise<DigestedPackage> {
  const { digest, files, bytes } = await digestFolder(folder, (_, size) => size <= KEPT_BYTES);
  return { package: digest, payload: payload === undefined ? null : digestOfFile(files, payload), files, bytes };
}

/** Throws INTEGRITY_MISMATCH unless the digests agree. Looks only at hashes, never at content. */
export function verifyPackage(found: Omit<DigestedPackage, 'bytes'>, recorded: DigestPair, what: string): void {
  if (found.package === recorded.package) return;
  // Which file was changed can be told if the payload's own digest was recorded.
  const intact =
    recorded.payload === null ? undefined : found.files.some((file) => `sha256:${file.sha256}` === recorded.payload);
  const where =
    intact === undefined
      ? ''
      : intact
        ? '; the payload is intact, another file was changed, added or removed'
        : '; the payload itself is not the one recorded';
  throw new MlctlError(
    'INTEGRITY_MISMATCH',
    `the files of ${printable(what, 200)} are not the ones logged: expected ${recorded.package}, found ${found.package}${where}`,
    {
      hint: 'do not use these files; fetch the model again, or log it again from a source you trust',
      details: {
        expected: recorded.package,
        found: found.package,
        payload_intact: intact ?? null,
        files: found.files.slice(0, 50).map((file) => ({ path: printable(file.path, 120), sha256: file.sha256 })),
      },
    },
  );
}
