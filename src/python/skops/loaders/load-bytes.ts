// Turns the nodes of bytes and bytearrays into their bytes.
import type { Saved } from '../../saved.js';
import { textField } from '../field-of.js';
import type { Loader } from '../loader.js';

export const loadBytes: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.bytes', 'builtins.bytearray']);
  return reading.decoded(textField(node.fields, 'file', place), place, copied);
};

/** A copy does not keep the whole file in memory. */
function copied(bytes: Uint8Array): Saved {
  return new Uint8Array(bytes);
}
