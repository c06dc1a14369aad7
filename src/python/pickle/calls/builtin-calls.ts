// Turns calls of Python's own classes and functions into values.
import { isSaved } from '../../is-saved.js';
import type { Saved, SavedDict } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Call, Machine } from '../machine.js';

export const BUILTIN_CALLS: readonly [string, Call][] = [
  ['builtins.slice', object('builtins', 'slice')],
  ['builtins.range', object('builtins', 'range')],
  ['builtins.complex', object('builtins', 'complex')],
  ['builtins.set', setOf],
  ['builtins.frozenset', setOf],
  ['builtins.bytes', bytesOf],
  ['builtins.bytearray', bytesOf],
  ['_codecs.encode', encoded],
  ['copyreg._reconstructor', reconstructed],
  ['copy_reg._reconstructor', reconstructed],
  ['collections.OrderedDict', (machine, args) => dictOf(machine, args[0])],
  ['collections.Counter', (machine, args) => dictOf(machine, args[0])],
  ['collections.defaultdict', (machine, args) => dictOf(machine, args[1])],
  ['functools.partial', object('functools', 'partial')],
];

function object(module: string, name: string): Call {
  return (_machine, args) => ({ type: 'object', module, name, args, state: null });
}

function setOf(machine: Machine, args: readonly Saved[]): Saved {
  if (args.length === 0) return { type: 'set', items: [] };
  const items = isSaved(args[0], 'tuple')
    ? args[0].items
    : expectKind(machine, args[0], 'list', 'the items of a set').items;
  machine.spend(items.length);
  return { type: 'set', items: [...items] };
}

/** Nothing, bytes, or a text and its encoding. */
function bytesOf(machine: Machine, args: readonly Saved[]): Uint8Array {
  if (args.length === 0) return new Uint8Array(0);
  return args.length === 1 ? expectKind(machine, args[0], 'bytes', 'bytes') : encoded(machine, args);
}

/** Protocols 0 to 2 have no bytes, so they are written as a text of Latin-1. */
function encoded(machine: Machine, args: readonly Saved[]): Uint8Array {
  const text = expectKind(machine, args[0], 'str', 'a text to encode');
  const encoding = expectKind(machine, args[1], 'str', 'an encoding');
  if (encoding !== 'latin1' && encoding !== 'latin-1')
    throw machine.unsupported(`a text to encode as ${encoding}`, 'latin1, in which pickle writes bytes');
  machine.spendBytes(text.length);
  if (/[^\u0000-\u00ff]/.test(text)) throw machine.malformed('a character that is not in Latin-1', 'Latin-1');
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** How protocols 0 and 1 make an object: its class, the builtin class it is made from, and that one's value. */
function reconstructed(machine: Machine, [type, base, value]: readonly Saved[]): Saved {
  const { module, name } = expectKind(machine, type, 'name', 'the class of an object');
  const from = expectKind(machine, base, 'name', 'the class that an object is made from').name;
  if (from === 'object' && value === null)
    return (
      machine.calls.get(`${module}.${name}`)?.(machine, []) ?? { type: 'object', module, name, args: [], state: null }
    );
  if (from === 'dict') return dictOf(machine, value);
  // a named tuple is made of its fields, as later protocols write it
  if (from === 'tuple' && isSaved(value, 'tuple'))
    return { type: 'object', module, name, args: value.items, state: null };
  throw machine.unsupported(`${module}.${name} made from ${from}`, 'objects, dicts and named tuples');
}

/** A class that is a dict is only its keys and values here, so that a state of its own is left out. */
export function dictOf(machine: Machine, from: Saved | undefined): SavedDict {
  const dict: SavedDict = { type: 'dict', entries: [] };
  if (isSaved(from, 'dict')) {
    machine.spend(from.entries.length);
    for (const entry of from.entries) dict.entries.push(entry);
  } else if (from !== undefined) {
    const pairs = expectKind(machine, from, 'list', 'the items of a dict').items;
    machine.spend(pairs.length);
    for (const pair of pairs) {
      const { items } = isSaved(pair, 'list') ? pair : expectKind(machine, pair, 'tuple', 'a key and its value');
      if (items.length !== 2) throw machine.malformed(`${items.length} values`, 'a key and its value');
      dict.entries.push([items[0] as Saved, items[1] as Saved]);
    }
  }
  machine.builders.set(dict, () => dict);
  return dict;
}
