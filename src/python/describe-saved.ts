// Turns a value that a file of Python holds into a few words for an error.
import type { Saved } from './saved.js';

export function describeSaved(saved: Saved): string {
  if (saved === null) return 'None';
  if (typeof saved === 'boolean') return saved ? 'True' : 'False';
  if (typeof saved === 'string') return `'${saved.slice(0, 60)}'`;
  if (typeof saved !== 'object') return String(saved);
  if (saved instanceof Uint8Array) return `${saved.length} bytes`;
  switch (saved.type) {
    case 'array':
      return `an array of ${saved.dtype.kind}${saved.dtype.size} with the shape (${saved.shape.join(', ')})`;
    case 'dict':
      return `a dict of ${saved.entries.length}`;
    case 'object':
      return `an object ${saved.module}.${saved.name}`;
    case 'name':
      return `${saved.module}.${saved.name}`;
    default:
      return `a ${saved.type} of ${saved.items.length}`;
  }
}
