// Turns a value that is not trusted into one of the kind that is needed, or refuses it.
import type { ByType } from '../is-saved.js';
import type { Saved } from '../saved.js';

interface Kinds extends ByType {
  None: null;
  bool: boolean;
  int: bigint;
  float: number;
  str: string;
  bytes: Uint8Array;
}

export function kindOf(value: Saved | undefined): keyof Kinds {
  if (value === null || value === undefined) return 'None';
  if (typeof value !== 'object') return PRIMITIVES[typeof value as keyof typeof PRIMITIVES];
  return value instanceof Uint8Array ? 'bytes' : value.type;
}

const PRIMITIVES = { boolean: 'bool', bigint: 'int', number: 'float', string: 'str' } as const;

/** Who makes the error, because it knows the place. */
interface Refuser {
  malformed(found: string, expected: string): Error;
}

/** `what` is what the value is for, such as `the shape`. */
export function expectKind<K extends keyof Kinds>(
  refuser: Refuser,
  value: Saved | undefined,
  kind: K,
  what: string,
): Kinds[K] {
  if (kindOf(value) === kind) return value as Kinds[K];
  throw refuser.malformed(`${what} of the kind ${kindOf(value)}`, `the kind ${kind}`);
}
