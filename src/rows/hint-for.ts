// Turns the findings about an input into the next thing to type or to change.
import type { FindingGroup } from '../schema/finding-group.js';
import { EMPTY_CELL } from '../schema/strict/column-builder.js';
import type { SchemaFinding } from '../schema/types.js';
import { shellWord } from '../text/shell-word.js';

interface Refused {
  readonly findings: { readonly kept: readonly SchemaFinding[]; readonly groups: readonly FindingGroup[] };
  readonly advice?: () => string | null;
}

/** Null if the findings say it all. */
export function hintFor({ findings, advice }: Refused): string | null {
  return advice?.() ?? hintOfColumns(findings.groups) ?? hintOfWords(findings.kept);
}

/** Columns that are nobody's near miss are probably not a mistake. */
function hintOfColumns(groups: readonly FindingGroup[]): string | null {
  const others = groups.filter(({ code }) => code !== 'SCHEMA_UNKNOWN_COLUMN');
  const unknown = groups.filter(
    ({ code, first }) => code === 'SCHEMA_UNKNOWN_COLUMN' && first.suggestion === undefined,
  );
  if (unknown.length === 0 || unknown.length + others.length < groups.length) return null;
  if (others.some(({ code }) => code === 'SCHEMA_MISSING_COLUMN')) return null;
  const names = listed(unknown.flatMap(({ column }) => (column === undefined ? [] : [column])));
  const hint = `add --ignore ${names}, or --keep ${names} to carry them to the output`;
  return hint;
}

function hintOfWords(findings: readonly SchemaFinding[]): string | null {
  const words = findings.flatMap(({ code, expected, found }) =>
    code === 'SCHEMA_MISSING_WORD' && expected === EMPTY_CELL && found !== undefined ? [found.slice(1, -1)] : [],
  );
  const hint = `if they mean a missing value, add --missing-values ${listed(words)}`;
  return words.length === 0 ? null : hint;
}

/** As a flag takes them, in a shell. */
function listed(words: readonly string[]): string {
  const text = [...new Set(words)]
    .map((word) => (/[",]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word))
    .join(',');
  return shellWord(text);
}
