// Names and values in two aligned columns; a value that is null is left out.
import { printable } from '../../uri/printable.js';
import type { Style } from '../style.js';

export type Fact = readonly [name: string, value: string | number | null | undefined];

/** Values are shown safe to print: they may come from a file or a server. */
export function facts(style: Style, list: readonly Fact[], indent = ''): string {
  const shown = list.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const left = Math.max(0, ...shown.map(([name]) => name.length)) + 2;
  return shown
    .map(([name, value]) => `${indent}${style.dim(name.padEnd(left))}${printable(String(value), 400)}`)
    .join('\n');
}
