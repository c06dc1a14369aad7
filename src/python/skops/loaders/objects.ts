// Turns the nodes of objects into their class, what it would have been called with, and their state.
import { isSaved } from '../../is-saved.js';
import { malformed } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import type { Loader, Reading } from '../loader.js';
import type { Json } from '../parse-schema.js';
import { attributesOf, type Place, placeText, stepInto } from '../place.js';
import { fieldOf, objectField, type SchemaNode } from '../schema-node.js';

export const loadObject: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  const content = fieldOf(node.fields, 'content') ?? null;
  const state = content === null ? null : reading.read(content, attributesOf(place));
  return { type: 'object', module: node.module, name: node.name, args: [], state };
};

export const loadConstructed: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  const args = readArgs(fieldOf(node.fields, 'content'), place, reading);
  return { type: 'object', module: node.module, name: node.name, args, state: null };
};

/** Trees and losses: what `__reduce__` said, without the constructor, which is the class itself. */
export const loadReduced: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  return reduced(node, place, reading);
};

export const loadTree: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  // skops always makes this class, whatever the file says.
  if (node.module !== 'sklearn.tree._tree' || node.name !== 'Tree')
    throw malformed(placeText(place), `a tree of ${node.module}.${node.name}`, 'sklearn.tree._tree.Tree');
  return reduced(node, place, reading);
};

/** The generators of random numbers are state only. */
export const loadRandomState: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['numpy.random.mtrand.RandomState']);
  const state = reading.read(fieldOf(node.fields, 'content'), attributesOf(place));
  return { type: 'object', module: node.module, name: node.name, args: [], state };
};

export const loadGenerator: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['numpy.random._generator.Generator']);
  const content = objectField(node.fields, 'content', place);
  const entries: [string, Saved][] = [];
  // Protocol 0 had plain JSON here, with ints that JSON.parse rounds, and protocol 1 had no seed_seq. No model uses its generator.
  if (reading.protocol > 0) entries.push(['bit_generator', reading.read(fieldOf(content, 'bit_generator'), place)]);
  if (reading.protocol > 1) entries.push(['seed_seq', reading.read(fieldOf(content, 'seed_seq'), place)]);
  return { type: 'object', module: node.module, name: node.name, args: [], state: { type: 'dict', entries } };
};

function reduced(node: SchemaNode, place: Place, reading: Reading): Saved {
  const args = readArgs(fieldOf(objectField(node.fields, '__reduce__', place), 'args'), place, reading);
  const state = reading.read(fieldOf(node.fields, 'content'), attributesOf(place));
  return { type: 'object', module: node.module, name: node.name, args, state };
}

function readArgs(content: Json | undefined, place: Place, reading: Reading): readonly Saved[] {
  const args = reading.read(content, stepInto(place, '.args'));
  if (!isSaved(args, 'tuple')) throw malformed(placeText(place), 'arguments of another kind', 'a tuple');
  return args.items;
}
