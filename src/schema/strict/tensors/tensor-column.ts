// Turns a tensor into a column: rows are the first dimension; more dimensions make rows of nested lists.
import type { JsonValue } from '../../../data/json-types.js';
import type { Column } from '../../../data/table.js';
import type { TensorSpec } from '../../types.js';
import { ColumnState } from '../column-state.js';
import type { FindingList } from '../finding-list.js';
import { Problem } from '../problem.js';
import { showJson, showName } from '../show.js';
import { elementRule, type TensorColumnType } from './element-rule.js';

/** `value` is the whole tensor as nested lists. Null if something is wrong. */
export function tensorColumn(
  value: JsonValue,
  spec: TensorSpec,
  name: string,
  findings: FindingList,
  warnings: Set<string>,
  firstRow: number,
): Column | null {
  const what = spec.name === undefined ? 'the tensor' : `tensor ${showName(spec.name)}`;
  const column = spec.name === undefined ? {} : { column: spec.name };
  const rule = elementRule(spec.dtype);
  if (rule === null) {
    findings.say('SCHEMA_FORM_CANNOT_CARRY', `${what}: elements of dtype ${spec.dtype} cannot be sent as JSON`, {
      ...column,
      found: 'JSON',
      expected: spec.dtype,
    });
    return null;
  }
  const found = shapeOf(value);
  if (found instanceof Problem) {
    findings.say(found.code, `${what}${found.path}: ${found.say}`, {
      ...column,
      found: found.found,
      expected: found.expected,
    });
    return null;
  }
  const fits = found.length === spec.shape.length && spec.shape.every((size, i) => size === -1 || size === found[i]);
  if (!fits || found.length === 0 || found.includes(0)) {
    const say = found.includes(0)
      ? `${what} has 0 elements`
      : `${what} has the shape (${found.join(', ')}), expected (${spec.shape.join(', ')})`;
    findings.say(found.includes(0) ? 'SCHEMA_NO_ROWS' : 'SCHEMA_SHAPE', say, {
      ...column,
      found: `(${found.join(', ')})`,
      expected: `(${spec.shape.join(', ')})`,
    });
    return null;
  }
  const state = new ColumnState();
  const before = findings.total;
  const read = (item: JsonValue, path: readonly number[]): unknown => {
    if (Array.isArray(item)) return item.map((part, i) => read(part as JsonValue, [...path, i]));
    const plain = rule.read(item, state);
    if (!(plain instanceof Problem)) return plain;
    const place = path.map((i) => `[${i}]`).join('');
    findings.say(plain.code, `${what}${place}: ${plain.say}`, {
      ...column,
      row: path[0] ?? 0,
      found: plain.found,
      expected: plain.expected,
    });
    return null;
  };
  const rows = (value as readonly JsonValue[]).map((item, i) => read(item, [firstRow + i]));
  for (const warning of state.warnings) warnings.add(`${what}: ${warning}`);
  if (findings.total > before) return null;
  return { name, ...storage(found.length === 1 ? rule.type : 'object', rows) } as Column;
}

function storage(type: TensorColumnType, rows: readonly unknown[]): object {
  switch (type) {
    case 'double':
      return { type, values: Float64Array.from(rows as number[]) };
    case 'float':
      return { type, values: Float32Array.from(rows as number[]) };
    case 'integer':
      return { type, values: Int32Array.from(rows as number[]) };
    case 'long':
      return { type, values: BigInt64Array.from(rows as bigint[]) };
    case 'boolean':
      return { type, values: Uint8Array.from(rows as boolean[], Number) };
    default:
      return { type, values: rows };
  }
}

/** Sizes of the nested lists; a Problem if they are not rectangular. An empty list ends the shape with 0. */
export function shapeOf(value: JsonValue): number[] | Problem {
  if (!Array.isArray(value)) return [];
  const list = value as readonly JsonValue[];
  if (list.length === 0) return [0];
  const first = shapeOf(list[0]!);
  if (first instanceof Problem) return first.inside('[0]');
  for (let i = 1; i < list.length; i++) {
    const other = shapeOf(list[i]!);
    if (other instanceof Problem) return other.inside(`[${i}]`);
    if (other.length === first.length && other.every((size, d) => size === first[d])) continue;
    const shown = (shape: readonly number[]): string =>
      shape.length === 0 ? showJson(list[i]!) : `(${shape.join(', ')})`;
    return new Problem(
      'SCHEMA_RAGGED',
      `item ${i} has the shape ${shown(other)}, item 0 (${first.join(', ')})`,
      shown(other),
      `(${first.join(', ')})`,
    );
  }
  return [list.length, ...first];
}
