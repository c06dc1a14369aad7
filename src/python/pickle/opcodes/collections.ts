// Turns the opcodes of tuples, lists, sets and dicts into plain values.
import type { Saved, SavedDict, SavedList } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Machine } from '../machine.js';
import type { Opcodes } from './opcode.js';

export const COLLECTIONS: Opcodes = {
  41: ['EMPTY_TUPLE', (m) => collect(m, 'tuple', [])],
  133: ['TUPLE1', (m) => tuple(m, 1)],
  134: ['TUPLE2', (m) => tuple(m, 2)],
  135: ['TUPLE3', (m) => tuple(m, 3)],
  116: ['TUPLE', (m) => collect(m, 'tuple', m.popMark())],
  93: ['EMPTY_LIST', (m) => collect(m, 'list', [])],
  108: ['LIST', (m) => collect(m, 'list', m.popMark())],
  97: ['APPEND', (m) => append(m, 'list', [m.pop()])],
  101: ['APPENDS', (m) => append(m, 'list', m.popMark())],
  143: ['EMPTY_SET', (m) => collect(m, 'set', [])],
  144: ['ADDITEMS', (m) => append(m, 'set', m.popMark())],
  145: ['FROZENSET', (m) => collect(m, 'set', m.popMark())],
  125: ['EMPTY_DICT', (m) => dict(m, [])],
  100: ['DICT', (m) => dict(m, m.popMark())],
  115: ['SETITEM', (m) => setItems(m, [m.pop(), m.pop()].reverse())],
  117: ['SETITEMS', (m) => setItems(m, m.popMark())],
};

function collect(machine: Machine, type: SavedList['type'], items: Saved[]): void {
  machine.spendContainer(items.length);
  machine.push({ type, items });
}

function tuple(machine: Machine, length: number): void {
  const items = Array.from({ length }, () => machine.pop());
  collect(machine, 'tuple', items.reverse());
}

function append(machine: Machine, type: 'list' | 'set', items: readonly Saved[]): void {
  const target = expectKind(machine, machine.top(), type, 'something that gets items');
  machine.spend(items.length);
  for (const item of items) target.items.push(item);
}

function dict(machine: Machine, items: readonly Saved[]): void {
  const made: SavedDict = { type: 'dict', entries: [] };
  machine.spendContainer(0);
  fill(machine, made, items);
  machine.push(made);
}

function setItems(machine: Machine, items: readonly Saved[]): void {
  fill(machine, expectKind(machine, machine.top(), 'dict', 'something that gets keys and values'), items);
}

/** A key that comes twice is settled at the end (see settle.ts). */
function fill(machine: Machine, target: SavedDict, items: readonly Saved[]): void {
  if (items.length % 2 === 1) throw machine.malformed('a key without a value', 'keys and values in turn');
  machine.spend(items.length);
  for (let at = 0; at < items.length; at += 2) target.entries.push([items[at] as Saved, items[at + 1] as Saved]);
}
