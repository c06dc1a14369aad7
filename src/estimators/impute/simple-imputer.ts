// Turns columns into the same columns with their gaps filled (sklearn.impute.SimpleImputer).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import type { Frame, FrameColumn } from '../frame.js';

/** Missing → statistic, column by column. A missing text is the empty string in the graph. */
export interface SimpleImputer extends Fitted<'SimpleImputer'> {
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
  /** [features]: a number, or a text for a column of text. */
  readonly statistics_: readonly (number | string)[];
}

export function transformSimpleImputer(imputer: SimpleImputer, frame: Frame): Frame {
  return { rows: frame.rows, columns: frame.columns.map((column, j) => fill(column, imputer.statistics_[j]!)) };
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
    `simple_imputer: column "${column.name}" holds ${column.kind === 'text' ? 'text' : 'numbers'}, but its statistic is a ${typeof statistic}`,
  );
}
