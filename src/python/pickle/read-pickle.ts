// Turns the bytes of a pickle into plain data.
import { unsupported } from '../refuse.js';
import type { Saved } from '../saved.js';

export function readPickle(_bytes: Uint8Array, _isKnown: (module: string, name: string) => boolean): Saved {
  throw unsupported('the model', 'a pickle', 'a .skops file');
}
