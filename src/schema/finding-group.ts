// Findings of one kind in one column, as one line: how many, and the first of them.
import { rowName } from '../errors/row-name.js';
import { grouped } from '../text/numbers.js';
import type { SchemaFinding } from './types.js';

export interface FindingGroup {
  readonly code: string;
  readonly column?: string;
  readonly count: number;
  readonly first: SchemaFinding;
  /** What is wrong with each value, without the value: `not a number`. */
  readonly kind?: string;
}

/** `column 'a': 50,000 × not a number, first in row 0 (line 2): "x"`; `least`: reading stopped early, so there may be more. */
export function groupText({ count, first, kind, column }: FindingGroup, least = false): string {
  if (count === 1) return first.message;
  const many = `${least ? 'at least ' : ''}${grouped(count)}`;
  const { row, line, found, message } = first;
  if (kind === undefined || column === undefined || row === undefined) {
    const more = `${least ? 'at least ' : ''}${grouped(count - 1)}`;
    return `${message} (and ${more} more like it)`;
  }
  const place = message.slice(0, message.indexOf(` row ${row}`));
  const value =
    kind === message.slice(-kind.length) && found !== undefined && !kind.includes(found) ? `: ${found}` : '';
  return `${place}: ${many} × ${kind}, first in ${rowName(row, line)}${value}`;
}

/** Findings that were not counted by kind. */
export const singleGroups = (findings: readonly SchemaFinding[]): readonly FindingGroup[] =>
  findings.map((first) => ({
    code: first.code,
    ...(first.column === undefined ? {} : { column: first.column }),
    count: 1,
    first,
  }));
