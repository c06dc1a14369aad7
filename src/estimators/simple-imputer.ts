// A frame to the same frame with the gaps of some columns filled.
import { MlctlError } from '../errors/error.js';
import { columnsNamed, type Frame, type FrameColumn, withRemainder } from './frame.js';
import type { SimpleImputer } from './types.js';

export function transformSimpleImputer(imputer: SimpleImputer, frame: Frame): Frame {
  const made = columnsNamed(frame, imputer.columns, imputer.kind).map((column, j) =>
    fill(column, imputer.statistics[j]!),
  );
  return withRemainder(frame, imputer.columns, made);
}

function fill(column: FrameColumn, statistic: number | string): FrameColumn {
  if (column.kind === 'number' && typeof statistic === 'number')
    return { ...column, values: column.values.map((x) => (Number.isNaN(x) ? statistic : x)) };
  if (column.kind === 'text' && typeof statistic === 'string') {
    const { name, values, nulls } = column;
    return { kind: 'text', name, values: nulls ? values.map((text, i) => (nulls[i] ? statistic : text)) : values };
  }
  throw new MlctlError(
    'DATA_INVALID',
    `simple_imputer: column "${column.name}" holds ${column.kind === 'text' ? 'text' : 'numbers'}, its statistic is a ${typeof statistic}`,
  );
}
