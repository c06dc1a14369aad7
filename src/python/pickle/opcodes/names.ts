// Turns the opcodes that name classes and functions, and those that would call them, into plain values.
import { isSaved } from '../../is-saved.js';
import { unknownName } from '../../refuse.js';
import type { Saved, SavedName } from '../../saved.js';
import { expectKind, kindOf } from '../kinds.js';
import type { Machine } from '../machine.js';
import type { Opcodes } from './opcode.js';

export const NAMES: Opcodes = {
  99: ['GLOBAL', (m) => m.push(nameOf(m, m.lineText(), m.lineText()))],
  147: ['STACK_GLOBAL', stackGlobal],
  82: ['REDUCE', reduce],
  129: ['NEWOBJ', reduce],
  146: ['NEWOBJ_EX', newObjectWithKeywords],
  98: ['BUILD', build],
};

/** What protocols 0 to 2 call Python's own types, by the names of Python 2. */
const OLD_TYPES = new Map([
  ...'bool bytearray bytes complex dict float frozenset list object set slice tuple'
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ['long', 'int'],
  ['unicode', 'str'],
  ['xrange', 'range'],
]);

/** Exact names only: a name with a dot would be looked up inside of what the file is allowed to name. */
function nameOf(machine: Machine, module: string, name: string): SavedName {
  const type = module === '__builtin__' ? OLD_TYPES.get(name) : undefined;
  if (type !== undefined) return nameOf(machine, 'builtins', type);
  const isKnown = machine.calls.has(`${module}.${name}`) || machine.isKnown(module, name);
  machine.spendContainer(0);
  if (isKnown && !name.includes('.')) return { type: 'name', module, name };
  throw unknownName(machine.place, module, name);
}

function stackGlobal(machine: Machine): void {
  const name = machine.pop();
  const module = machine.pop();
  const names = [expectKind(machine, module, 'str', 'a module'), expectKind(machine, name, 'str', 'a name')] as const;
  machine.push(nameOf(machine, ...names));
}

function reduce(machine: Machine): void {
  const args = expectKind(machine, machine.pop(), 'tuple', 'arguments');
  const callee = expectKind(machine, machine.pop(), 'name', 'something that is called');
  machine.spendContainer(args.items.length);
  const call = machine.calls.get(`${callee.module}.${callee.name}`);
  machine.push(call === undefined ? objectOf(callee, args.items) : call(machine, args.items));
}

/** Any other name that is known makes an object of which only the arguments are known. */
function objectOf({ module, name }: SavedName, args: readonly Saved[]): Saved {
  return { type: 'object', module, name, args, state: null };
}

function newObjectWithKeywords(machine: Machine): void {
  const keywords = expectKind(machine, machine.pop(), 'dict', 'keyword arguments');
  if (keywords.entries.length > 0)
    throw machine.unsupported('an object that is made with keyword arguments', 'arguments without names');
  reduce(machine);
}

/** A class, a function or a value of Python's own takes no state: that would be a way to change what others see. */
function build(machine: Machine): void {
  const state = machine.pop();
  const target = machine.pop();
  const own = machine.builders.get(target);
  machine.builders.delete(target);
  if (own !== undefined) machine.push(own(state));
  else if (!isSaved(target, 'object')) throw machine.malformed(`a state for the kind ${kindOf(target)}`, 'an object');
  else if (target.state !== null) throw machine.malformed(`a second state for ${target.name}`, 'one state');
  else {
    target.state = state;
    machine.push(target);
  }
}
