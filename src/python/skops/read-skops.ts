// Turns the bytes of a .skops file into plain data.
import { unsupported } from '../refuse.js';
import type { Saved } from '../saved.js';

export async function readSkops(
  _bytes: Uint8Array,
  _isKnown: (module: string, name: string) => boolean,
): Promise<Saved> {
  throw unsupported('the model', 'a .skops file', 'a pickle');
}
