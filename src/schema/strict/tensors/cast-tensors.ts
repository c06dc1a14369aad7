// Turns the forms of the protocol into tensors of the signature, strictly.

import { isJsonObject } from '../../../data/json.js';
import type { JsonObject, JsonValue } from '../../../data/json-types.js';
import type { Column, Table } from '../../../data/table.js';
import { rowName } from '../../../errors/row-name.js';
import { NearNames, suggestionText } from '../../near-miss.js';
import type { TensorSpec } from '../../types.js';
import type { FindingList } from '../finding-list.js';
import type { Form } from '../forms.js';
import { showJson, showName } from '../show.js';
import { tensorColumn } from './tensor-column.js';
import { tensorsOfFrame } from './tensors-of-frame.js';

/** `firstRow`: the number of the first row in the whole input. */
export function castTensors(
  data: JsonValue,
  form: Form,
  tensors: readonly TensorSpec[],
  findings: FindingList,
  warnings: Set<string>,
  firstRow = 0,
): Table | null {
  const before = findings.total;
  const values =
    form === 'dataframe_split' || form === 'dataframe_records'
      ? tensorsOfFrame(data, form, tensors, findings, warnings)
      : tensorsOfLists(data, form, tensors, findings);
  if (values === null) return null;
  const columns = tensors.flatMap((spec, i): Column[] => {
    const value = values[i];
    if (value === undefined) return [];
    const column = tensorColumn(value, spec, spec.name ?? String(i), findings, warnings, firstRow);
    return column === null ? [] : [column];
  });
  sameRows(columns, findings);
  return findings.total === before ? { rows: columns[0]?.values.length ?? 0, columns } : null;
}

/** A model that predicts row by row needs the same number of rows in each tensor. */
function sameRows(columns: readonly Column[], findings: FindingList): void {
  const [first] = columns;
  for (const column of columns.slice(1)) {
    if (column.values.length === first!.values.length) continue;
    const say = `tensors ${showName(first!.name)} and ${showName(column.name)} have ${first!.values.length} and ${column.values.length} rows`;
    findings.say('SCHEMA_RAGGED', say, {
      column: column.name,
      found: String(column.values.length),
      expected: String(first!.values.length),
    });
  }
}

/** `inputs`: an object of tensors, or the only tensor as it is; `instances`: also a list of objects, one a row. */
function tensorsOfLists(
  data: JsonValue,
  form: Form,
  tensors: readonly TensorSpec[],
  findings: FindingList,
): (JsonValue | undefined)[] | null {
  const named = tensors[0]?.name !== undefined;
  if (isJsonObject(data)) {
    if (!named)
      return refuse(findings, `${form}: an object cannot meet a signature of one unnamed tensor: send the list itself`);
    return byName(data, tensors, findings);
  }
  if (!Array.isArray(data))
    return refuse(findings, `${form} must be nested lists or an object of them, not ${showJson(data)}`);
  const list = data as readonly JsonValue[];
  if (list.length > 0 && list.every(isJsonObject)) {
    if (!named || form === 'inputs') {
      return refuse(
        findings,
        `${form}: a list of objects cannot meet a signature of tensors: send one object of lists`,
      );
    }
    return byName(transposed(list, findings), tensors, findings);
  }
  if (tensors.length === 1) return [data];
  return refuse(
    findings,
    `${form}: a bare list cannot meet a signature of ${tensors.length} tensors: send an object of lists`,
  );
}

const refuse = (findings: FindingList, say: string): null => {
  findings.say('SCHEMA_PROTOCOL', say);
  return null;
};

function byName(data: JsonObject, tensors: readonly TensorSpec[], findings: FindingList): (JsonValue | undefined)[] {
  const given = new Map<string, JsonValue>();
  const wanted = tensors.map(({ name }) => name!);
  const known = new NearNames(wanted);
  for (const [key, value] of data.entries) {
    if (given.has(key)) findings.say('SCHEMA_DUPLICATE', `tensor ${showName(key)} occurs twice`, { column: key });
    else if (!known.has(key)) {
      const hint = suggestionText(key, known.near(key));
      findings.sayOnce(
        `unknown ${key}`,
        'SCHEMA_UNKNOWN_COLUMN',
        `tensor ${showName(key)} is not in the signature${hint}`,
        { column: key, found: showName(key), expected: known.listed },
      );
    }
    given.set(key, value);
  }
  return wanted.map((name) => {
    if (!given.has(name))
      findings.sayOnce(`missing ${name}`, 'SCHEMA_MISSING_COLUMN', `tensor ${showName(name)} is missing`, {
        column: name,
        found: 'absent',
        expected: name,
      });
    return given.get(name);
  });
}

/** Turns rows of objects into one object of lists; every row must have the same keys. */
function transposed(rows: readonly JsonObject[], findings: FindingList): JsonObject {
  const lists = new Map(rows[0]!.entries.map(([key]): [string, JsonValue[]] => [key, []]));
  for (const [row, { entries }] of rows.entries()) {
    const seen = new Set<string>();
    for (const [key, value] of entries) {
      if (!seen.has(key)) lists.get(key)?.push(value);
      seen.add(key);
    }
    if (entries.length === lists.size && [...seen].every((key) => lists.has(key))) continue;
    findings.sayOnce('instances', 'SCHEMA_RAGGED', `${rowName(row)} has other keys than ${rowName(0)}`, { row });
  }
  return { kind: 'object', entries: [...lists] };
}
