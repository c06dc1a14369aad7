// Turns a DataFrame into the columns of a schema in its order, or refuses it (`_enforce_named_col_schema`,
// `_enforce_unnamed_col_schema`).

import type { ColumnSpec, ColumnType } from '../types.js';
import { hasInputNames, inputDict, inputNames, keyOf } from './column-names.js';
import { enforceType } from './enforce-nested.js';
import { enforceScalar, NS_PER } from './enforce-scalar.js';
import { PyFailure } from './failure.js';
import { dtypeKind, unitOf } from './numpy/dtype.js';
import { convertUnit } from './numpy/numpy-set.js';
import { series, withIndex } from './pandas/pandas-frame.js';
import { inferValues } from './pandas/pandas-infer.js';
import type { DataFrame, PyValue, Series } from './python/python-value.js';

type Columns = readonly ColumnSpec[];

const keyError = (key: PyValue): PyFailure => new PyFailure('KeyError', String(key), { tmpl: 'other' });

/** The columns of a frame by name, found once, because the list does not change. */
const NAMED = new WeakMap<readonly Series[], Map<PyValue, Series[]>>();

/** `frame[name]`: a frame of its own if the name occurs more than once. */
export function columnsNamed(frame: DataFrame, name: PyValue): readonly Series[] {
  let named = NAMED.get(frame.columns);
  if (named === undefined) {
    named = new Map();
    for (const column of frame.columns) {
      const same = named.get(keyOf(column.name));
      if (same === undefined) named.set(keyOf(column.name), [column]);
      else same.push(column);
    }
    NAMED.set(frame.columns, named);
  }
  return named.get(keyOf(name)) ?? [];
}

/** The elements as iterating a Series gives them: Python's own values, but numpy's of nullable columns; NaN for missing text. */
export function elementsOf(column: Series): PyValue[] {
  const { dtype, data } = column;
  if (dtype === 'str') return data.map((value) => value ?? Number.NaN);
  if (dtype === 'string') return data.map((value) => value ?? { kind: 'na' });
  if (/^[A-Z]/.test(dtype) || dtype === 'boolean') {
    const plain = dtype === 'boolean' ? 'bool' : dtype.toLowerCase();
    return data.map((value) => (value === null ? { kind: 'na' } : { kind: 'scalar', dtype: plain, value }));
  }
  if (dtype.startsWith('timedelta64'))
    return data.map((value) =>
      value === null ? { kind: 'nat' } : { kind: 'timedelta', ns: convertUnit(value as bigint, unitOf(dtype), 'ns') },
    );
  if (dtypeKind(dtype) !== 'M') return data;
  const unit = unitOf(dtype);
  const tz = /, (?<zone>[^\]]+)\]/.exec(dtype)?.groups?.zone;
  return data.map((value) => {
    if (value === null) return { kind: 'nat' };
    return {
      kind: 'timestamp',
      // A Timestamp keeps its unit, because it may be beyond what nanoseconds of 64 bits can hold.
      ns: (value as bigint) * (NS_PER[unit] ?? 1n),
      unit,
      ...(tz === undefined ? {} : { tz }),
    };
  });
}

function enforceOne(
  name: PyValue,
  found: readonly Series[],
  type: ColumnType,
  required: boolean,
  rows: number,
): Series {
  if (found.length > 1) {
    if (type.kind === 'scalar')
      throw new PyFailure('AttributeError', "'DataFrame' object has no attribute 'dtype'", {
        tmpl: 'native:dup_column',
      });
    // Python goes through the names of the doubled columns instead of their values.
    const values = found.map((column) => enforceType(column.name, type, required));
    if (values.length !== rows)
      throw new PyFailure(
        'ValueError',
        `Length of values (${values.length}) does not match length of index (${rows})`,
        {
          tmpl: 'native:lengths',
        },
      );
    return series(name, inferValues(values));
  }
  const [column] = found;
  if (type.kind === 'scalar') return objectBytes({ ...enforceScalar(name, column!, type.scalar), name });
  return series(name, inferValues(elementsOf(column!).map((value) => enforceType(value, type, required))));
}

/** numpy's sized bytes become objects in a new frame. */
function objectBytes(column: Series): Series {
  return column.dtype.startsWith('|S') ? { ...column, dtype: 'object' } : column;
}

export function enforceColumns(frame: DataFrame, columns: Columns): DataFrame {
  const schema = { kind: 'columns', columns } as const;
  const made = new Map<PyValue, Series>();
  if (hasInputNames(schema)) {
    const specs = inputDict(columns);
    for (const name of inputNames(schema)) {
      const spec = specs.get(keyOf(name));
      if (spec === undefined) throw keyError(name);
      const found = columnsNamed(frame, name);
      if (found.length > 0) made.set(keyOf(name), enforceOne(name, found, spec.type, spec.required, frame.rows));
      else if (spec.required)
        throw new PyFailure(
          'MlflowException',
          `The input column '${String(name)}' is required by the model signature but missing from the input data.`,
        );
    }
  } else {
    for (const [i, column] of frame.columns.slice(0, columns.length).entries())
      made.set(
        keyOf(column.name),
        enforceOne(column.name, columnsNamed(frame, column.name), columns[i]!.type, true, frame.rows),
      );
  }
  const all = [...made.values()];
  // A frame without columns also has no rows.
  if (all.length === 0) return { kind: 'dataframe', rows: 0, columns: [] };
  return withIndex(frame.rows, all, frame.index);
}
