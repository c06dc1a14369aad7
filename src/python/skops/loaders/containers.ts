// Turns the nodes of lists, tuples, sets and dicts into their values.

import { isSaved } from '../../is-saved.js';
import { malformed } from '../../refuse.js';
import type { Saved, SavedDict, SavedList } from '../../saved.js';
import { fieldOf, listField, objectField } from '../field-of.js';
import type { Loader, LoaderTable, Reading } from '../loader.js';
import { unmarkedKey } from '../mark-index-keys.js';
import { type Place, placeText, stepInto } from '../place.js';
import type { SchemaNode } from '../schema-node.js';
import { readKey, sameKey } from './read-key.js';

const DICTS = ['builtins.dict', 'collections.OrderedDict'];

const loadList: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.list']);
  return { type: 'list', items: readItems(node, place, reading) };
};

const loadTuple: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.tuple']);
  const items = readItems(node, place, reading);
  if (node.module === 'builtins') return { type: 'tuple', items };
  // A named tuple is what its class would have been called with.
  return { type: 'object', module: node.module, name: node.name, args: items, state: null };
};

const loadSet: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['builtins.set']);
  return { type: 'set', items: readItems(node, place, reading) };
};

const loadDict: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, DICTS);
  const types = keyTypes(node, place, reading);
  const content = objectField(node.fields, 'content', place);
  const entries: SavedDict['entries'] = [];
  for (const marked of Object.keys(content)) {
    // Python pairs them by position. A key that two keys of other types became has left a type over.
    const type = types[entries.length];
    const key = unmarkedKey(marked);
    if (type === undefined) throw malformed(placeText(place), `a key without a type: ${key}`, 'a type for each key');
    const inside = stepInto(place, place.isAttributes ? `.${key}` : `['${key}']`);
    entries.push([readKey(key, type, inside), reading.read(content[marked], inside)]);
  }
  return { type: 'dict', entries: types.every((type) => type === 'builtins.str') ? entries : withoutDoubles(entries) };
};

/** Only for its main part: the class of missing values is checked, but no value is ever missing here. */
const loadDefaultDict: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, ['collections.defaultdict']);
  const content = objectField(node.fields, 'content', place);
  reading.read(fieldOf(content, 'default_factory'), stepInto(place, '.default_factory'));
  return reading.read(fieldOf(content, 'main'), place);
};

/** A dict of scikit-learn before 1.2 that knew old names of its keys. */
const loadDictWithDeprecatedKeys: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  const content = objectField(node.fields, 'content', place);
  reading.read(fieldOf(content, '_deprecated_key_to_new_key'), stepInto(place, '._deprecated_key_to_new_key'));
  return reading.read(fieldOf(content, 'main'), place);
};

function readItems(node: SchemaNode, place: Place, reading: Reading): Saved[] {
  return listField(node.fields, 'content', place).map((item, at) => reading.read(item, stepInto(place, `[${at}]`)));
}

function keyTypes(node: SchemaNode, place: Place, reading: Reading): string[] {
  const types = reading.read(fieldOf(node.fields, 'key_types'), stepInto(place, '.key_types'));
  if (!isSaved(types, 'list')) throw malformed(placeText(place), 'key_types of another kind', 'a list of types');
  return (types as SavedList).items.map((type) => {
    if (!isSaved(type, 'name')) throw malformed(placeText(place), 'a key type of another kind', 'a type');
    return `${type.module}.${type.name}`;
  });
}

/** As in Python: the last value of equal keys, in the place of the first. */
function withoutDoubles(entries: SavedDict['entries']): SavedDict['entries'] {
  const byKey = new Map<string, SavedDict['entries'][number]>();
  for (const entry of entries) {
    const first = byKey.get(sameKey(entry[0]));
    if (first === undefined) byKey.set(sameKey(entry[0]), entry);
    else first[1] = entry[1];
  }
  return [...byKey.values()];
}

export const CONTAINERS: LoaderTable = {
  ListNode: loadList,
  TupleNode: loadTuple,
  SetNode: loadSet,
  DictNode: loadDict,
  DefaultDictNode: loadDefaultDict,
  _DictWithDeprecatedKeysNode: loadDictWithDeprecatedKeys,
};
