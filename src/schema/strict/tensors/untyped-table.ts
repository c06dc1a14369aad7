// Turns the data of a model without a signature into a table as it is: object columns, whose values the graph's own types decide.
import { isJsonObject } from '../../../data/json.js';
import type { JsonObject, JsonValue } from '../../../data/json-types.js';
import type { Column, Table } from '../../../data/table.js';
import { refuseLargeTable } from '../../batch-size.js';
import type { FindingList } from '../finding-list.js';
import type { Form } from '../forms.js';
import { nestedValue } from '../nested-value.js';
import { Problem } from '../problem.js';
import { isNumber, isNumberWord } from '../scalar-rules.js';
import { showName } from '../show.js';
import { splitGrid } from '../split-grid.js';
import { shapeOf } from './tensor-column.js';

export function untypedTable(data: JsonValue, form: Form, findings: FindingList): Table | null {
  if (form === 'dataframe_split') {
    const grid = splitGrid(data, findings, new Set());
    if (grid === null) return null;
    const names = grid.names ?? Array.from({ length: grid.width ?? 0 }, (_, i) => String(i));
    refuseLargeTable(grid.rows, names.length);
    return {
      rows: grid.rows,
      columns: names.map((name, c) =>
        untypedColumn(
          name,
          Array.from({ length: grid.rows }, (_, r) => grid.cell(r, c) ?? null),
          findings,
        ),
      ),
    };
  }
  if (Array.isArray(data) && data.length > 0 && data.every(isJsonObject)) {
    const records = data.map(({ entries }) => new Map(entries));
    const names = new Set(records.flatMap((record) => [...record.keys()]));
    refuseLargeTable(records.length, names.size);
    const columns = [...names].map((name) =>
      untypedColumn(
        name,
        records.map((record) => record.get(name) ?? null),
        findings,
      ),
    );
    return { rows: records.length, columns };
  }
  if (isJsonObject(data)) return untypedTensors(data, form, findings);
  const shape = shapeOf(data);
  if (shape instanceof Problem) {
    findings.say('SCHEMA_RAGGED', `${form}${shape.path}: ${shape.say}`, {
      found: shape.found,
      expected: shape.expected,
    });
    return null;
  }
  const list = Array.isArray(data) ? (data as readonly JsonValue[]) : [data];
  return { rows: list.length, columns: [untypedColumn('0', list, findings)] };
}

/** One input a key: lists of one value a row, or one row if there are single values. */
function untypedTensors(data: JsonObject, form: Form, findings: FindingList): Table | null {
  const before = findings.total;
  const single = data.entries.some(([, value]) => !Array.isArray(value));
  const rowsOf = (value: JsonValue): readonly JsonValue[] => (single ? [value] : (value as readonly JsonValue[]));
  const [first] = data.entries;
  const rows = first === undefined ? 0 : rowsOf(first[1]).length;
  for (const [name, value] of data.entries) {
    const shape = shapeOf(value);
    const here = rowsOf(value).length;
    if (shape instanceof Problem) {
      const say = `${form}[${showName(name)}]${shape.path}: ${shape.say}`;
      findings.say('SCHEMA_RAGGED', say, { column: name, found: shape.found, expected: shape.expected });
    } else if (here !== rows) {
      findings.say(
        'SCHEMA_RAGGED',
        `${showName(first![0])} has ${rows} rows and ${showName(name)} has ${here}: each input needs as many rows as the others`,
        { column: name, found: `${here} rows`, expected: `${rows} rows` },
      );
    }
  }
  if (findings.total > before) return null;
  return { rows, columns: data.entries.map(([name, value]) => untypedColumn(name, rowsOf(value), findings)) };
}

/** NaN and the infinities are numbers, as Python's json reads them: without a signature nothing says otherwise. */
function untypedColumn(name: string, values: readonly JsonValue[], findings: FindingList): Column {
  const plain = values.map((value, row) => {
    if (value === null) return null;
    if (isNumber(value) && isNumberWord(value.text)) return Number(value.text);
    const found = nestedValue(value, { kind: 'any' });
    if (!(found instanceof Problem)) return found;
    findings.add(found.finding(name, row));
    return null;
  });
  return { name, type: 'object', values: plain };
}
