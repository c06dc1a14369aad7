// Turns the data of a model without a signature into a table as it is: numbers as doubles, text as strings, anything else as
// objects.
import { isJsonObject } from '../../data/json.js';
import type { JsonValue } from '../../data/json-types.js';
import type { Column, Table } from '../../data/table.js';
import { refuseLargeTable } from '../batch-size.js';
import type { FindingList } from './finding-list.js';
import type { Form } from './forms.js';
import { nestedValue } from './nested-value.js';
import { Problem } from './problem.js';
import { splitGrid } from './split-grid.js';
import { shapeOf } from './tensors/tensor-column.js';

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
      ),
    );
    return { rows: records.length, columns };
  }
  const odd = isJsonObject(data)
    ? data.entries.map(([, value]) => shapeOf(value)).find((s) => s instanceof Problem)
    : undefined;
  if (odd instanceof Problem) {
    findings.say('SCHEMA_RAGGED', `${form}${odd.path}: ${odd.say}`, { found: odd.found, expected: odd.expected });
    return null;
  }
  if (isJsonObject(data) && data.entries.every(([, value]) => Array.isArray(value))) {
    const columns = data.entries.map(([name, values]) => untypedColumn(name, values as readonly JsonValue[]));
    return { rows: columns.reduce((most, { values }) => Math.max(most, values.length), 0), columns };
  }
  if (isJsonObject(data))
    return { rows: 1, columns: data.entries.map(([name, value]) => untypedColumn(name, [value])) };
  const shape = shapeOf(data);
  if (shape instanceof Problem) {
    findings.say('SCHEMA_RAGGED', `${form}${shape.path}: ${shape.say}`, {
      found: shape.found,
      expected: shape.expected,
    });
    return null;
  }
  const list = Array.isArray(data) ? (data as readonly JsonValue[]) : [data];
  return { rows: list.length, columns: [untypedColumn('0', list)] };
}

function untypedColumn(name: string, values: readonly JsonValue[]): Column {
  return narrow(
    name,
    values.map((value) => {
      const plain = value === null ? null : nestedValue(value, { kind: 'any' });
      return plain instanceof Problem ? Number.NaN : plain;
    }),
  );
}

function narrow(name: string, values: readonly unknown[]): Column {
  if (values.every((value) => typeof value === 'number'))
    return { name, type: 'double', values: Float64Array.from(values as number[]) };
  if (values.every((value) => typeof value === 'string')) return { name, type: 'string', values: values as string[] };
  if (values.every((value) => typeof value === 'boolean'))
    return { name, type: 'boolean', values: Uint8Array.from(values as boolean[], Number) };
  return { name, type: 'object', values };
}
