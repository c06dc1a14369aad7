// Turns what a file holds into an error if it says far more than it holds: one object of the file may stand at many places, and
// whoever reads and evaluates it meets it at each of them.
import { hostile } from './refuse.js';
import type { Saved } from './saved.js';

/** Numbers and objects, counted at each place where they stand; 800 MB of numbers, if nothing is shared. */
const LEAST = { numbers: 100_000_000, objects: 8_000_000 };
/** A file may be large itself. Estimators share their random states and their training points. */
const RATIO = 8;
/** Objects inside objects, also those that a file puts into each other by its memo. */
const DEEPEST = 1000;

interface Size {
  numbers: number;
  objects: number;
}

/** Throws MODEL_HOSTILE. An object inside itself counts once: `readEstimator` refuses estimators of this kind. */
export function refuseExpansion(saved: Saved): void {
  const known = new Map<object, Size>();
  const held: Size = { numbers: 0, objects: 0 };

  const sizeOf = (value: Saved, depth: number): Size => {
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return { numbers: 0, objects: 1 };
    const found = known.get(value);
    if (found !== undefined) return found;
    if (depth > DEEPEST) throw hostile('', 'objects in objects', `at most ${DEEPEST} of them inside each other`);
    const size = { numbers: 0, objects: 1 };
    known.set(value, size);
    held.objects += 1;
    const add = (part: Saved): void => {
      if (part === null || typeof part !== 'object') {
        size.objects += 1;
        held.objects += 1;
        return;
      }
      const { numbers, objects } = sizeOf(part, depth + 1);
      size.numbers += numbers;
      size.objects += objects;
    };
    if (!('type' in value)) return size;
    switch (value.type) {
      case 'array': {
        const { values, fields, dtype } = value;
        for (const field of fields?.values() ?? []) add(field);
        if (dtype.kind === 'O') for (const item of (values ?? []) as readonly Saved[]) add(item);
        else {
          size.numbers += values?.length ?? 0;
          held.numbers += values?.length ?? 0;
        }
        break;
      }
      case 'object':
        for (const argument of value.args) add(argument);
        add(value.state);
        break;
      case 'dict':
        for (const [key, entry] of value.entries) {
          add(key);
          add(entry);
        }
        break;
      case 'name':
        break;
      default:
        for (const item of value.items) add(item);
    }
    return size;
  };

  const { numbers, objects } = sizeOf(saved, 0);
  for (const [found, limit, what] of [
    [numbers, Math.max(LEAST.numbers, RATIO * held.numbers), 'numbers'],
    [objects, Math.max(LEAST.objects, RATIO * held.objects), 'objects'],
  ] as const)
    if (found > limit)
      throw hostile(
        '',
        `a few ${what} that stand at ${found.toPrecision(3)} places`,
        `at most ${limit} ${what} in all`,
      );
}
