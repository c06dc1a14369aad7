// Lays the names of the data beside the names of the signature: which column is where, and what is missing, unknown, repeated or out of order.
import { nearMiss, suggestionText } from '../near-miss.js';
import type { ColumnSpec } from '../types.js';
import { isRequired } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { showName } from './show.js';

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 20).map(showName).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
};

/** For each signature column its index in `given`, −1 where it is absent. `positional`: the order must be the signature's. */
export function matchColumns(
  columns: readonly ColumnSpec[],
  given: readonly string[],
  positional: boolean,
  findings: FindingList,
): number[] {
  const places = new Map<string, number>();
  const before = findings.total;
  for (const [i, name] of given.entries()) {
    if (places.has(name)) {
      const extra = columns.some((column) => column.name === name) ? '' : ' and is not in the signature';
      findings.sayOnce(`twice ${name}`, 'SCHEMA_DUPLICATE', `column ${showName(name)} occurs twice${extra}`, {
        column: name,
      });
    } else places.set(name, i);
  }
  const wanted = new Set(columns.map((column) => column.name!));
  const absent = columns.filter((column) => !places.has(column.name!)).map((column) => column.name!);
  const unknown = [...places.keys()].filter((name) => !wanted.has(name));
  for (const column of columns) {
    if (places.has(column.name!)) continue;
    if (isRequired(column)) sayMissing(column, unknown, findings);
  }
  for (const name of unknown) sayUnknown(name, absent, wanted, findings);
  if (places.size > 0 && unknown.length < places.size) {
    if (positional && findings.total === before) checkOrder(columns, places, findings);
  } else if (findings.total === before) sayNone(columns, findings);
  return columns.map((column) => places.get(column.name!) ?? -1);
}

function sayNone(columns: readonly ColumnSpec[], findings: FindingList): void {
  const names = columns.map((column) => column.name ?? '');
  findings.sayOnce('none', 'SCHEMA_MISSING_COLUMN', `none of the signature's columns is present: ${listed(names)}`, {
    expected: listed(names),
  });
}

function sayMissing(column: ColumnSpec, unknown: readonly string[], findings: FindingList): void {
  const name = column.name!;
  const key = `missing ${name}`;
  if (column.requiredStated === false) {
    const say = `signature: column ${showName(name)} has no 'required' (complex types then become optional in MLflow), and the data has no such column`;
    findings.sayOnce(key, 'SCHEMA_BAD_SIGNATURE', say, { column: name });
    return;
  }
  const miss = nearMiss(name, unknown);
  const hint = miss === null ? '' : `; the data has ${showName(miss.name)}`;
  findings.sayOnce(key, 'SCHEMA_MISSING_COLUMN', `required column ${showName(name)} is missing${hint}`, {
    column: name,
    found: unknown.length > 0 ? listed(unknown) : 'absent',
    expected: name,
    ...(miss === null ? {} : { suggestion: miss.name }),
  });
}

export function sayUnknown(
  name: string,
  absent: readonly string[],
  wanted: Iterable<string>,
  findings: FindingList,
  row?: number,
): void {
  const miss = nearMiss(name, absent) ?? nearMiss(name, wanted);
  const separator = [';', '\t', '|'].find((mark) => name.includes(mark));
  const hint =
    miss !== null
      ? suggestionText(name, miss)
      : separator === undefined
        ? ''
        : `: wrong separator ${JSON.stringify(separator)}?`;
  findings.sayOnce(
    `unknown ${name}`,
    'SCHEMA_UNKNOWN_COLUMN',
    `column ${showName(name)} is not in the signature${hint}`,
    {
      column: name,
      ...(row === undefined ? {} : { row }),
      found: showName(name),
      expected: listed([...wanted]),
      ...(miss === null ? {} : { suggestion: miss.name }),
    },
  );
}

function checkOrder(columns: readonly ColumnSpec[], places: ReadonlyMap<string, number>, findings: FindingList): void {
  const here = columns.filter((column) => places.has(column.name!));
  for (let i = 1; i < here.length; i++) {
    if (places.get(here[i]!.name!)! > places.get(here[i - 1]!.name!)!) continue;
    const expected = listed(here.map((column) => column.name!));
    const found = listed([...places.keys()]);
    findings.say(
      'SCHEMA_REORDERED',
      `the columns are in another order than the signature: ${found}; expected ${expected}`,
      { found, expected },
    );
    return;
  }
}
