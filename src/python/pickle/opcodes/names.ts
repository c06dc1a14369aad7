// Turns the opcodes that name classes and functions, and those that would call them, into plain values.
import type { SavedName } from '../../saved.js';
import { build } from '../calls/build.js';
import { call, isOwn } from '../calls/call.js';
import { expectKind } from '../kinds.js';
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

const HINT =
  'convert the model to ONNX where it was made (skl2onnx), or log it again as skops without classes and functions of its own';

/** Exact names only: a name with a dot would be looked up inside of what the file is allowed to name. */
function nameOf(machine: Machine, module: string, name: string): SavedName {
  const isPlain = !name.includes('.') && name !== '' && module !== '';
  if (isPlain && (isOwn(module, name) || machine.isKnown(module, name))) return { type: 'name', module, name };
  throw machine.unsupported(`${module}.${name}`, 'classes and functions of libraries that mlctl knows', HINT);
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
  machine.push(call(machine, callee, args.items));
}

function newObjectWithKeywords(machine: Machine): void {
  const keywords = expectKind(machine, machine.pop(), 'dict', 'keyword arguments');
  if (keywords.entries.length > 0)
    throw machine.unsupported('an object that is made with keyword arguments', 'arguments without names');
  reduce(machine);
}
