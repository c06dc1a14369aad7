// Turns the tuple of a shape into lengths, of which only the kind is checked here.
import type { Saved } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Machine } from '../machine.js';

/** A whole number that is beyond 2^53 is refused where its product is taken. */
export function lengthsOf(machine: Machine, shape: Saved | undefined): number[] {
  return expectKind(machine, shape, 'tuple', 'a shape').items.map((length) =>
    Number(expectKind(machine, length, 'int', 'a length in a shape')),
  );
}
