// Turns columns into the same columns with their gaps filled (sklearn.impute.SimpleImputer).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import type { Frame, FrameColumn } from '../frame.js';
import { indicatorColumns, type MissingIndicator } from './missing-indicator.js';
import { type MissingValue, missingMask } from './missing-mask.js';

/** Missing → statistic, column by column. A missing text is the empty string in the graph. */
export interface SimpleImputer extends Fitted<'SimpleImputer'> {
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
  /** [features]: a number, or a text for a column of text. A column with NaN, which had no value at all, is left out. */
  readonly statistics_: readonly (number | string)[];
  /** True: a column is never left out. */
  readonly keep_empty_features?: boolean;
  /** NaN if it is left out. */
  readonly missing_values?: MissingValue;
  /** `add_indicator`: what tells of the gaps in columns behind the others. */
  readonly indicator_?: MissingIndicator | null;
}

export function transformSimpleImputer(imputer: SimpleImputer, frame: Frame): Frame {
  const mask = missingMask(frame, imputer.missing_values ?? Number.NaN, 'simple_imputer');
  const columns = frame.columns.flatMap((column, j) => {
    const statistic = imputer.statistics_[j]!;
    const isEmpty = Number.isNaN(statistic) && imputer.keep_empty_features !== true;
    return isEmpty ? [] : [fill(column, statistic, mask[j]!)];
  });
  const { indicator_ } = imputer;
  return {
    rows: frame.rows,
    columns: indicator_ ? [...columns, ...indicatorColumns(mask, indicator_.features_, frame)] : columns,
  };
}

function fill(column: FrameColumn, statistic: number | string, mask: Uint8Array): FrameColumn {
  if (!mask.includes(1)) return column;
  if (column.kind === 'number' && typeof statistic === 'number')
    return { ...column, values: column.values.map((x, i) => (mask[i] ? statistic : x)) };
  if (column.kind === 'text' && typeof statistic === 'string') {
    const { name, values } = column;
    return { kind: 'text', name, values: values.map((text, i) => (mask[i] ? statistic : text)) };
  }
  throw new MlctlError(
    'DATA_INVALID',
    `simple_imputer: column "${column.name}" holds ${column.kind === 'text' ? 'text' : 'numbers'}, but its statistic is a ${typeof statistic}`,
  );
}
