// Turns a fitted value into the class in it whose answer for a row depends on the rows that come with it, or null.
import { EVALUATORS } from './evaluators.js';
import type { Part } from './fitted.js';

export function findRowsTogether(part: Part): string | null {
  return find(part, new Set());
}

function find(value: unknown, seen: Set<unknown>): string | null {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return null;
  seen.add(value);
  const { kind } = value as Partial<Part>;
  if (typeof kind === 'string' && Object.hasOwn(EVALUATORS, kind)) {
    const row = EVALUATORS[kind as keyof typeof EVALUATORS];
    if ('rowsTogether' in row) return kind;
  }
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    const found = find(inner, seen);
    if (found !== null) return found;
  }
  return null;
}
