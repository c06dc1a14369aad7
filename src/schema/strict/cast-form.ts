// Turns each of the protocol's four forms into rows and columns, and refuses what has no clear layout.

import { isJsonObject } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import { rowName } from '../../errors/row-name.js';
import type { Beside } from '../beside.js';
import type { CastBatch } from '../cast-types.js';
import type { ColumnSpec } from '../types.js';
import { castGrid, type Grid } from './cast-grid.js';
import type { FindingList } from './finding-list.js';
import type { Form } from './forms.js';
import { RecordCaster } from './record-caster.js';
import { isNumber } from './scalar-rules.js';
import { showJson, showName } from './show.js';
import { splitGrid } from './split-grid.js';

type Cells = readonly JsonValue[];

export function castForm(
  data: JsonValue,
  form: Form,
  columns: readonly ColumnSpec[],
  findings: FindingList,
  warnings: Set<string>,
  beside: Beside,
): CastBatch | null {
  if (form === 'dataframe_split') {
    const grid = splitGrid(data, findings, warnings);
    return grid === null ? null : castGrid(grid, columns, findings, warnings, beside);
  }
  if (form === 'dataframe_records') {
    if (Array.isArray(data)) return castRecordList(data as Cells, form, columns, findings, warnings, beside);
    findings.say('SCHEMA_PROTOCOL', `dataframe_records must be a list of objects, not ${showJson(data)}`, {
      found: showJson(data),
      expected: 'array',
    });
    return null;
  }
  refuseTypes(form, data, columns, findings);
  const grid = listGrid(data, form, columns, findings);
  if (grid === null) return null;
  if (grid === 'records') return castRecordList(data as Cells, form, columns, findings, warnings, beside);
  return castGrid(grid, columns, findings, warnings, beside);
}

/** MLflow makes numpy arrays of `inputs` and `instances`: base64 is not decoded there, and most nested values are split up. */
function refuseTypes(form: Form, data: JsonValue, columns: readonly ColumnSpec[], findings: FindingList): void {
  const records =
    Array.isArray(data) &&
    columns[0]?.name !== undefined &&
    data.length > 0 &&
    data.every((item) => isJsonObject(item as JsonValue));
  const arrays = columns.some(({ type }) => type.kind === 'any') && holdsArrays(data, 2);
  for (const { name, type } of columns) {
    let say: string;
    if (type.kind === 'scalar') {
      if (type.scalar !== 'binary') continue;
      say = `binary via '${form}' is not base64-decoded by MLflow: use dataframe_split or dataframe_records`;
    } else {
      // One row of `inputs` may hold flat arrays and objects; a list of records may hold anything.
      const flat =
        type.kind === 'any' ||
        type.kind === 'object' ||
        type.kind === 'sparkml_vector' ||
        (type.kind === 'array' && type.items.kind === 'scalar');
      if (form === 'inputs' && (records || (flat && isJsonObject(data)))) continue;
      if (type.kind === 'any' && !arrays) continue;
      say = `${type.kind} columns cannot be sent as '${form}', MLflow tears them apart: use dataframe_records`;
    }
    findings.say('SCHEMA_FORM_CANNOT_CARRY', name === undefined ? say : `column ${showName(name)}: ${say}`, {
      ...(name === undefined ? {} : { column: name }),
      found: form,
      expected: 'dataframe_split or dataframe_records',
    });
  }
}

function castRecordList(
  records: Cells,
  form: Form,
  columns: readonly ColumnSpec[],
  findings: FindingList,
  warnings: Set<string>,
  beside: Beside,
): CastBatch | null {
  const before = findings.total;
  if (records.length === 0)
    findings.say('SCHEMA_NO_ROWS', 'the table has no rows', { found: '0 rows', expected: 'at least one row' });
  // MLflow makes columns of `instances` first, and columns of different lengths are not a table.
  if (form === 'instances' && columns[0]?.name !== undefined) sameKeys(records, findings);
  const caster = new RecordCaster(columns, findings, beside);
  const batch = caster.cast(records, 0);
  for (const warning of caster.warnings) warnings.add(warning);
  return findings.total === before ? batch : null;
}

function sameKeys(records: Cells, findings: FindingList): void {
  const first = records.find(isJsonObject);
  if (first === undefined) return;
  const keys = new Set(first.entries.map(([key]) => key));
  for (const [row, record] of records.entries()) {
    if (!isJsonObject(record)) continue;
    const here = new Set(record.entries.map(([key]) => key));
    const odd = firstBeyond(keys, here) ?? firstBeyond(here, keys);
    if (odd === undefined) continue;
    findings.sayOnce(
      'instances',
      'SCHEMA_RAGGED',
      `${rowName(row)}: ${showName(odd)} is in some instances but not in all`,
      {
        row,
        column: odd,
      },
    );
  }
}

/** The first name that the others do not have. */
function firstBeyond(names: ReadonlySet<string>, others: ReadonlySet<string>): string | undefined {
  for (const name of names) if (!others.has(name)) return name;
  return undefined;
}

function holdsArrays(data: JsonValue, depth: number): boolean {
  const items = Array.isArray(data)
    ? (data as Cells)
    : isJsonObject(data)
      ? data.entries.map(([, value]) => value)
      : [];
  return items.some(
    (item) =>
      (Array.isArray(item) && (depth === 1 || Array.isArray(data))) || (depth > 1 && holdsArrays(item, depth - 1)),
  );
}

/** `inputs` and `instances`: objects of columns, one row of scalars, lists of objects, or a bare list for the only column. */
function listGrid(
  data: JsonValue,
  form: Form,
  columns: readonly ColumnSpec[],
  findings: FindingList,
): Grid | 'records' | null {
  if (isJsonObject(data)) return columnsGrid(data, columns, findings);
  const unnamed = columns[0]?.name === undefined;
  if (!Array.isArray(data)) {
    if (unnamed && columns.length === 1 && form === 'inputs')
      return { rows: 1, names: undefined, bare: true, width: 1, positional: true, cell: () => data };
    findings.say(
      'SCHEMA_PROTOCOL',
      `the input is ${showJson(data)}, but the signature has ${unnamed ? 'columns' : 'named columns'}`,
      { found: showJson(data), expected: 'object or list' },
    );
    return null;
  }
  const list = data as Cells;
  if (columns.length === 1 && list.length > 0) {
    const { type } = columns[0]!;
    const bare = type.kind === 'scalar' ? !list.some(isJsonObject) : unnamed;
    if (bare)
      return { rows: list.length, names: undefined, bare: true, width: 1, positional: true, cell: (row) => list[row] };
  }
  if (unnamed && list.length > 0) {
    findings.say(
      'SCHEMA_PROTOCOL',
      `${form}: a list of ${showJson(list[0]!)} cannot meet a signature of ${columns.length} unnamed columns: use dataframe_split`,
    );
    return null;
  }
  return 'records';
}

function columnsGrid(data: JsonObject, columns: readonly ColumnSpec[], findings: FindingList): Grid | null {
  if (columns[0]?.name === undefined) {
    findings.say(
      'SCHEMA_PROTOCOL',
      'an object of columns cannot meet a signature of unnamed columns: use dataframe_split',
    );
    return null;
  }
  const names = data.entries.map(([key]) => key);
  const values = data.entries.map(([, value]) => value);
  // With an Array or Object column MLflow takes the object as one row.
  const oneRow = columns.some(({ type }) => type.kind === 'array' || type.kind === 'object');
  if (oneRow || values.every((value) => !Array.isArray(value))) {
    const empty = new Set(data.entries.flatMap(([key, value]) => (value === null ? [key] : [])));
    const lost = columns.findIndex(({ name, type }) => type.kind !== 'scalar' && empty.has(name!));
    if (lost >= 0) {
      findings.say(
        'SCHEMA_FORM_CANNOT_CARRY',
        `column ${showName(columns[lost]!.name!)}: null for a nested value cannot be sent as 'inputs': leave it out`,
      );
    }
    return { rows: 1, names, positional: false, cell: (_, column) => values[column] };
  }
  const rows = values.reduce<number>((most, value) => Math.max(most, Array.isArray(value) ? value.length : 1), 0);
  for (const [i, value] of values.entries()) {
    if (Array.isArray(value) && value.length === rows) continue;
    const found = Array.isArray(value) ? `${value.length} values` : showJson(value);
    findings.sayOnce(
      'lengths',
      'SCHEMA_RAGGED',
      `column ${showName(names[i]!)} has ${found}, but another has ${rows} values`,
      { column: names[i]!, found, expected: `${rows} values` },
    );
    if (!Array.isArray(value) || isNumber(value)) return null;
  }
  return { rows, names, positional: false, cell: (row, column) => (values[column] as Cells)[row] ?? null };
}
