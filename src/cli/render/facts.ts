// Names and values in two aligned columns; a value that is null is left out.
import { printable } from '../../text/printable.js';
import { padTo, textWidth } from '../../text/width.js';
import type { Style } from '../style.js';

type Fact = readonly [name: string, value: string | number | null | undefined];

/** Both are shown safe to print: a param's name comes from a file or a server as its value does. */
export function facts(style: Style, list: readonly Fact[], indent = ''): string {
  const shown = list
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [printable(name, 60), value] as const);
  const left = Math.max(0, ...shown.map(([name]) => textWidth(name))) + 2;
  return shown
    .map(([name, value]) => `${indent}${style.dim(padTo(name, left))}${printable(String(value), 400)}`)
    .join('\n');
}
