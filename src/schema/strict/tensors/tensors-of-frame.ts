// Turns a data frame (split or records) into tensors: a column each, or all columns side by side as one.

import { isJsonObject } from '../../../data/json.js';
import type { JsonValue } from '../../../data/json-types.js';
import { rowName } from '../../../errors/row-name.js';
import { refuseLargeTable } from '../../batch-size.js';
import type { TensorSpec } from '../../types.js';
import type { Grid } from '../cast-grid.js';
import type { FindingList } from '../finding-list.js';
import type { Form } from '../forms.js';
import { matchColumns } from '../match-columns.js';
import { isIntegerSpelling } from '../numbers.js';
import { Problem } from '../problem.js';
import { isNumber } from '../scalar-rules.js';
import { showName } from '../show.js';
import { splitGrid } from '../split-grid.js';
import { shapeOf } from './tensor-column.js';

/** For each tensor its value as nested lists, as if it had come in `inputs`. */
export function tensorsOfFrame(
  data: JsonValue,
  form: Form,
  tensors: readonly TensorSpec[],
  findings: FindingList,
  warnings: Set<string>,
): (JsonValue | undefined)[] | null {
  const grid = form === 'dataframe_split' ? splitGrid(data, findings, warnings) : recordsGrid(data, findings);
  if (grid === null) return null;
  if (grid.rows === 0) {
    findings.say('SCHEMA_NO_ROWS', 'the table has no rows', { found: '0 rows', expected: 'at least one row' });
    return null;
  }
  const column = (c: number): JsonValue[] => Array.from({ length: grid.rows }, (_, r) => grid.cell(r, c) ?? null);
  const width = grid.names?.length ?? grid.width ?? 0;
  refuseLargeTable(grid.rows, Math.max(width, tensors.length));
  if (tensors[0]?.name === undefined) {
    const spec = tensors[0]!;
    if (width === 1) {
      // A column of plain numbers can easily be the wrong one; a column of lists of the right size can hardly be.
      if (grid.names !== undefined && spec.shape.length === 1)
        warnings.add(
          `the signature has one unnamed tensor: the name of column ${showName(grid.names[0]!)} is not checked`,
        );
      return [shaped(column(0), spec, findings)];
    }
    return [
      sideBySide(
        Array.from({ length: width }, (_, c) => column(c)),
        spec,
        findings,
      ),
    ];
  }
  if (grid.names === undefined) {
    findings.say('SCHEMA_MISSING_COLUMN', `the input has no column names, but the signature names its tensors`);
    return null;
  }
  const columns = tensors.map(({ name }) => ({ name, type: { kind: 'any' as const }, required: true }));
  const places = matchColumns(columns, grid.names, grid.positional, findings);
  return places.map((place, i) => (place < 0 ? undefined : shaped(column(place), tensors[i]!, findings)));
}

function recordsGrid(data: JsonValue, findings: FindingList): Grid | null {
  if (!Array.isArray(data) || !data.every((item) => isJsonObject(item as JsonValue))) {
    findings.say('SCHEMA_PROTOCOL', 'dataframe_records must be a list of objects');
    return null;
  }
  const rows = (data as readonly JsonValue[]).filter(isJsonObject);
  const names = rows[0]?.entries.map(([key]) => key) ?? [];
  const maps = rows.map(({ entries }, row) => {
    const map = new Map(entries);
    const same = map.size === entries.length && map.size === names.length && names.every((name) => map.has(name));
    if (!same)
      findings.say('SCHEMA_RAGGED', `${rowName(row)} repeats a key or has other keys than ${rowName(0)}`, { row });
    return map;
  });
  return { rows: rows.length, names, positional: false, cell: (row, c) => maps[row]!.get(names[c]!) };
}

/** MLflow reshapes the cells of a column to the inner dimensions, which must all be known. */
function shaped(cells: readonly JsonValue[], spec: TensorSpec, findings: FindingList): JsonValue | undefined {
  const inner = spec.shape.slice(1);
  if (spec.shape[0] !== -1 || inner.includes(-1)) {
    const say = `a data frame cannot carry a tensor of shape (${spec.shape.join(', ')}): only the first dimension may be open, and it must be`;
    findings.say('SCHEMA_FORM_CANNOT_CARRY', say, { found: 'data frame', expected: 'inputs' });
    return undefined;
  }
  if (inner.length === 0) return cells;
  const size = inner.reduce((product, n) => product * n, 1);
  return cells.map((cell) => {
    if (!Array.isArray(cell)) return size === 1 && inner.length === 1 ? [cell] : cell;
    const found = shapeOf(cell);
    // MLflow accepts flat lists only; anything else is refused with its shape.
    if (!(found instanceof Problem) && found.length === 1 && found[0] === size) {
      return reshape(cell as readonly JsonValue[], inner);
    }
    if (!(found instanceof Problem) && found.length > 1) {
      const say = 'the cells of a data frame must be flat lists of scalars: use inputs for nested lists';
      findings.sayOnce('flat', 'SCHEMA_FORM_CANNOT_CARRY', say, {
        found: `(${found.join(', ')})`,
        expected: `(${size})`,
      });
    }
    return cell;
  });
}

function reshape(flat: readonly JsonValue[], shape: readonly number[]): readonly JsonValue[] {
  if (shape.length <= 1) return flat;
  const step = flat.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) => reshape(flat.slice(i * step, (i + 1) * step), shape.slice(1)));
}

/** Several columns become one matrix with the dtype that pandas gives them, which must be the signature's. */
function sideBySide(
  columns: readonly (readonly JsonValue[])[],
  spec: TensorSpec,
  findings: FindingList,
): JsonValue | undefined {
  if (spec.shape.length !== 2 || spec.shape[0] !== -1 || spec.shape[1] !== columns.length) {
    const say = `${columns.length} columns side by side need a tensor of shape (-1, ${columns.length}), it is (${spec.shape.join(', ')})`;
    findings.say('SCHEMA_SHAPE', say, { found: `(-1, ${columns.length})`, expected: `(${spec.shape.join(', ')})` });
    return undefined;
  }
  const cells = columns.flat();
  const dtype = cells.every((cell) => typeof cell === 'boolean')
    ? 'bool'
    : cells.every(isNumber)
      ? cells.every((cell) => isIntegerSpelling(cell.text))
        ? 'int64'
        : 'float64'
      : 'object';
  if (dtype !== spec.dtype) {
    const say = `the columns side by side are ${dtype}, but the tensor is ${spec.dtype}; MLflow casts nothing here`;
    findings.say('SCHEMA_WRONG_TYPE', say, { found: dtype, expected: spec.dtype });
    return undefined;
  }
  return Array.from({ length: columns[0]!.length }, (_, row) => columns.map((column) => column[row]!));
}
