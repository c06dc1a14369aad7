// Turns the nodes of bytes into their bytes, and the nodes of slices into what slice() would be called with.
import { malformed } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import type { Loader } from '../loader.js';
import type { Json } from '../parse-schema.js';
import { type Place, placeText } from '../place.js';
import { fieldOf, objectField, textField } from '../schema-node.js';

export const loadBytes: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.bytes', 'builtins.bytearray']);
  return reading.decoded(textField(node.fields, 'file', place), place, copied);
};

/** A copy does not keep the whole file in memory. */
function copied(bytes: Uint8Array): Saved {
  return new Uint8Array(bytes);
}

export const loadSlice: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.slice']);
  const content = objectField(node.fields, 'content', place);
  const args = ['start', 'stop', 'step'].map((name) => sliceEnd(fieldOf(content, name), place));
  return { type: 'object', module: 'builtins', name: 'slice', args, state: null };
};

/** Plain JSON: None, an int, or the name of a column. */
function sliceEnd(value: Json | undefined, place: Place): Saved {
  if (value === null || typeof value === 'string') return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  throw malformed(placeText(place), 'a slice with another end', 'ints, texts or None');
}
