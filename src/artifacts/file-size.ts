// Turns the size of a file that a server states into a whole number of bytes that a disk could hold, or into an error.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

/** 8 EiB would be the end of the largest file systems; no model file has a thousandth of this. */
const MOST_BYTES = 2 ** 50;

/** null if absent. Throws REMOTE_REFUSED for what cannot be a size, because the size bounds what is read. */
export function fileSize(what: string, value: unknown): number | null {
  if (value === undefined || value === null) return null;
  // int64 may come as text.
  const size = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= MOST_BYTES) return size;
  const found = typeof value === 'object' ? 'an object' : printable(String(value), 40);
  throw new MlctlError('REMOTE_REFUSED', `${what}: the server reports an invalid size: ${found}; expected bytes`, {
    hint: 'ask who runs the server; mlctl doctor probes the artifact store',
  });
}
