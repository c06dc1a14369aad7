// Turns `dataframe_split` into rows and columns: an object of `columns`, `data` and perhaps `index`, with every row as long as
// the header.

import { isJsonObject } from '../../data/json.js';
import type { JsonValue } from '../../data/json-types.js';
import { rowName } from '../../errors/row-name.js';
import { plural } from '../../text/numbers.js';
import { NearNames, suggestionText } from '../near-miss.js';
import type { Grid } from './cast-grid.js';
import type { FindingList } from './finding-list.js';
import { showJson, showName } from './show.js';

type Cells = readonly JsonValue[];

export function splitGrid(data: JsonValue, findings: FindingList, warnings: Set<string>): Grid | null {
  const refuse = (say: string): null => {
    findings.say('SCHEMA_PROTOCOL', `dataframe_split: ${say}`);
    return null;
  };
  if (!isJsonObject(data)) return refuse(`must be an object with columns and data, not ${showJson(data)}`);
  const keys = new NearNames(['columns', 'data', 'index']);
  const parts = new Map<string, JsonValue>();
  for (const [key, value] of data.entries) {
    if (parts.has(key)) refuse(`key ${showName(key)} occurs twice`);
    else if (!keys.has(key))
      refuse(`key ${showName(key)} is not one of ${keys.listed}${suggestionText(key, keys.near(key))}`);
    parts.set(key, value);
  }
  const rows = parts.get('data');
  if (!Array.isArray(rows))
    return refuse(rows === undefined ? `has no 'data'` : `'data' must be a list of rows, not ${showJson(rows)}`);
  const list = rows as Cells;
  const names = namesOf(parts.get('columns'), refuse);
  if (names === null) return null;
  checkIndex(parts, list.length, refuse, warnings);
  const first = list[0];
  const width = names?.length ?? (Array.isArray(first) ? first.length : 1);
  let ragged = false;
  for (const [row, cells] of list.entries()) {
    if (Array.isArray(cells) && cells.length === width) continue;
    const found = Array.isArray(cells) ? plural(cells.length, 'value') : showJson(cells as JsonValue);
    findings.say(
      'SCHEMA_RAGGED',
      `${rowName(row)} has ${found}, but ${names === undefined ? 'the first row' : 'the header'} has ${width}`,
      { row, found, expected: plural(width, 'value') },
    );
    ragged = true;
  }
  const grid: Grid = {
    rows: list.length,
    names,
    width,
    positional: true,
    cell: (row, column) => (list[row] as Cells)[column] ?? null,
  };
  return ragged
    ? {
        ...grid,
        rows: grid.rows,
        cell: (row, column) => (Array.isArray(list[row]) ? ((list[row] as Cells)[column] ?? null) : null),
      }
    : grid;
}

/** Undefined: the header was left out; null: it is not a list of names. */
function namesOf(columns: JsonValue | undefined, refuse: (say: string) => null): readonly string[] | undefined | null {
  if (columns === undefined) return undefined;
  if (!Array.isArray(columns)) return refuse(`'columns' must be a list of names, not ${showJson(columns)}`);
  const odd = (columns as Cells).find((name) => typeof name !== 'string');
  return odd === undefined ? (columns as string[]) : refuse(`a column name is ${showJson(odd)}, not a string`);
}

function checkIndex(
  parts: ReadonlyMap<string, JsonValue>,
  rows: number,
  refuse: (say: string) => null,
  warnings: Set<string>,
): void {
  if (!parts.has('index')) return;
  const index = parts.get('index')!;
  if (!Array.isArray(index)) refuse(`'index' must be a list, not ${showJson(index)}`);
  else if (index.length !== rows) refuse(`'index' has ${index.length} values, but data has ${rows} rows`);
  else warnings.add(`'index' is not used by models`);
}
