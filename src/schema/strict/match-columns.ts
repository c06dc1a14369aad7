// Turns the names of the data and of the signature into which column is where, and what is missing, unknown, repeated or out of
// order.
import { Beside } from '../beside.js';
import { NearNames, suggestionText } from '../near-miss.js';
import type { ColumnSpec } from '../types.js';
import { isRequired } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { savedIndexOf } from './saved-index-of.js';
import { showName } from './show.js';

/** `beside`: what else may be there. For each signature column its index in `given`, −1 if it is absent. `positional`: the order must be the signature's. */
export function matchColumns(
  columns: readonly ColumnSpec[],
  given: readonly string[],
  positional: boolean,
  findings: FindingList,
  beside = new Beside(),
): number[] {
  const places = new Map<string, number>();
  const wanted = new NearNames(
    columns.map((column) => column.name!),
    showName,
  );
  const before = findings.total;
  const ignored = savedIndexOf(columns, given);
  for (const [i, name] of given.entries()) {
    if (i === 0 && ignored !== null) continue;
    if (places.has(name) && (wanted.has(name) || !beside.allows(name) || beside.keep.includes(name))) {
      const extra = wanted.has(name) ? '' : ' and is not in the signature';
      findings.sayOnce(`twice ${name}`, 'SCHEMA_DUPLICATE', `column ${showName(name)} occurs twice${extra}`, {
        column: name,
      });
    } else places.set(name, i);
  }
  const absent = new NearNames(
    columns.filter((column) => !places.has(column.name!)).map((column) => column.name!),
    showName,
  );
  const extra = [...places.keys()].filter((name) => !wanted.has(name) && !beside.allows(name));
  const unknown = new NearNames(extra, showName);
  for (const column of columns) {
    if (places.has(column.name!)) continue;
    if (isRequired(column)) sayMissing(column, unknown, findings);
  }
  for (const name of extra) sayUnknown(name, absent, wanted, findings);
  if (columns.some((column) => places.has(column.name!))) {
    if (positional && findings.total === before) checkOrder(columns, places, findings);
  } else if (findings.total === before) sayNone(columns, findings);
  return columns.map((column) => places.get(column.name!) ?? -1);
}

function sayNone(columns: readonly ColumnSpec[], findings: FindingList): void {
  const { listed } = new NearNames(
    columns.map((column) => column.name ?? ''),
    showName,
  );
  findings.sayOnce('none', 'SCHEMA_MISSING_COLUMN', `none of the signature's columns is present: ${listed}`, {
    expected: listed,
  });
}

function sayMissing(column: ColumnSpec, unknown: NearNames, findings: FindingList): void {
  const name = column.name!;
  const key = `missing ${name}`;
  if (column.requiredStated === false) {
    const say = `signature: column ${showName(name)} has no 'required' (complex types then become optional in MLflow), and the data does not have this column`;
    findings.sayOnce(key, 'SCHEMA_BAD_SIGNATURE', say, { column: name });
    return;
  }
  const miss = unknown.near(name);
  const hint = miss === null ? '' : `; the data has ${showName(miss.name)}`;
  findings.sayOnce(key, 'SCHEMA_MISSING_COLUMN', `required column ${showName(name)} is missing${hint}`, {
    column: name,
    found: unknown.listed || 'absent',
    expected: name,
    ...(miss === null ? {} : { suggestion: miss.name }),
  });
}

export function sayUnknown(
  name: string,
  absent: NearNames | null,
  wanted: NearNames,
  findings: FindingList,
  row?: number,
): void {
  const miss = absent?.near(name) ?? wanted.near(name);
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
      expected: wanted.listed,
      ...(miss === null ? {} : { suggestion: miss.name }),
    },
  );
}

function checkOrder(columns: readonly ColumnSpec[], places: ReadonlyMap<string, number>, findings: FindingList): void {
  const here = columns.filter((column) => places.has(column.name!));
  for (let i = 1; i < here.length; i++) {
    if (places.get(here[i]!.name!)! > places.get(here[i - 1]!.name!)!) continue;
    const expected = new NearNames(
      here.map((column) => column.name!),
      showName,
    ).listed;
    const found = new NearNames(places.keys(), showName).listed;
    findings.say(
      'SCHEMA_REORDERED',
      `the columns are in another order than the signature: ${found}; expected ${expected}`,
      { found, expected },
    );
    return;
  }
}
