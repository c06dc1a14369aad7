// Turns BUILD, with which Python gives an object its state, into the state of a plain value.
import { isKind, kindOf } from '../kinds.js';
import type { Machine } from '../machine.js';
import { buildArray } from './build-array.js';

/** A class, a function or a value of Python's own takes no state: that would be a way to change what others see. */
export function build(machine: Machine): void {
  const state = machine.pop();
  const target = machine.top();
  if (isKind(target, 'array') && machine.unfilled.delete(target)) buildArray(machine, target, state);
  else if (isKind(target, 'dict') && machine.dictObjects.delete(target)) return;
  else if (!isKind(target, 'object')) throw machine.malformed(`a state for the kind ${kindOf(target)}`, 'an object');
  else if (target.state !== null) throw machine.malformed(`a second state for ${target.name}`, 'one state');
  else {
    target.state = state;
    machine.stack[machine.stack.length - 1] = machine.onBuilt(target, machine);
  }
}
