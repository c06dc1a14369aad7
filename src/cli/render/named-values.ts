// Numbers and texts by name as two aligned columns, sorted by name; empty where there are none.
import { shortNumber } from '../../text/numbers.js';
import type { Style } from '../style.js';
import { facts } from './facts.js';

export function namedValues(style: Style, values: Readonly<Record<string, number | string>>): string {
  const names = Object.keys(values).sort();
  return facts(
    style,
    names.map((name) => [name, shortNumber(values[name]!)]),
    '  ',
  );
}
