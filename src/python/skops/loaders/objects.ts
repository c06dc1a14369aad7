// Turns the nodes of objects into their class, what it would have been called with, and their state.
import { isSaved } from '../../is-saved.js';
import { malformed } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import { fieldOf, objectField } from '../field-of.js';
import type { Loader, LoaderTable, Reading } from '../loader.js';
import type { Json } from '../parse-schema.js';
import { attributesOf, type Place, placeText, stepInto } from '../place.js';
import type { SchemaNode } from '../schema-node.js';

const loadObject: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  const content = fieldOf(node.fields, 'content') ?? null;
  const state = content === null ? null : reading.read(content, attributesOf(place));
  return { type: 'object', module: node.module, name: node.name, args: [], state };
};

const loadConstructed: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  const args = readArgs(fieldOf(node.fields, 'content'), place, reading);
  return { type: 'object', module: node.module, name: node.name, args, state: null };
};

/** Trees and losses: what `__reduce__` said, without the constructor, which is the class itself. */
const loadReduced: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  return reduced(node, place, reading);
};

const loadTree: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  // skops always makes this class, whatever the file says.
  if (node.module !== 'sklearn.tree._tree' || node.name !== 'Tree')
    throw malformed(placeText(place), `a tree of ${node.module}.${node.name}`, 'sklearn.tree._tree.Tree');
  return reduced(node, place, reading);
};

/** The generators of random numbers are state only. */
const loadRandomState: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['numpy.random.mtrand.RandomState']);
  const state = reading.read(fieldOf(node.fields, 'content'), attributesOf(place));
  return { type: 'object', module: node.module, name: node.name, args: [], state };
};

const loadGenerator: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['numpy.random._generator.Generator']);
  const content = objectField(node.fields, 'content', place);
  const entries: [string, Saved][] = [];
  // Protocol 0 had plain JSON here, with ints that JSON.parse rounds, and protocol 1 had no seed_seq. No model uses its generator.
  if (reading.protocol > 0) entries.push(['bit_generator', reading.read(fieldOf(content, 'bit_generator'), place)]);
  if (reading.protocol > 1) entries.push(['seed_seq', reading.read(fieldOf(content, 'seed_seq'), place)]);
  return { type: 'object', module: node.module, name: node.name, args: [], state: { type: 'dict', entries } };
};

const loadSlice: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.slice']);
  const content = objectField(node.fields, 'content', place);
  const args = ['start', 'stop', 'step'].map((name) => sliceEnd(fieldOf(content, name), place));
  return { type: 'object', module: 'builtins', name: 'slice', args, state: null };
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

/** Plain JSON: None, an int, or the name of a column. */
function sliceEnd(value: Json | undefined, place: Place): Saved {
  if (value === null || typeof value === 'string') return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  throw malformed(placeText(place), 'a slice with another end', 'ints, texts or None');
}

export const OBJECTS: LoaderTable = {
  ObjectNode: loadObject,
  ConstructorFromReduceNode: loadConstructed,
  TreeNode: loadTree,
  LossNode: loadReduced,
  QuantileForestNode: loadReduced,
  RandomStateNode: loadRandomState,
  RandomGeneratorNode: loadGenerator,
  SliceNode: loadSlice,
};
