// Turns columns into which of their values are missing, as 0/1 columns (sklearn.impute.MissingIndicator).
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import type { Fitted } from '../fitted.js';
import type { Frame, NumberColumn } from '../frame.js';
import { csrOf, frameOfCsr } from '../frame-of-matrix.js';
import { sideBySide } from '../frames/side-by-side.js';
import { type MissingValue, missingMask } from './missing-mask.js';

const STEP = 'missing_indicator';

export interface MissingIndicator extends Fitted<'MissingIndicator'> {
  readonly missing_values: MissingValue;
  readonly features: 'missing-only' | 'all';
  /** The columns that it tells of, by position. */
  readonly features_: Int32Array;
  /** Refuse a missing value in a column that had none in the training data. */
  readonly error_on_new: boolean;
  readonly sparse: boolean;
}

export function transformMissingIndicator(indicator: MissingIndicator, frame: Frame): Frame {
  const { missing_values, features, features_, error_on_new, sparse } = indicator;
  const mask = missingMask(frame, missing_values, STEP);
  if (features === 'missing-only' && error_on_new) refuseNew(mask, features_, frame);
  const columns = indicatorColumns(mask, features_, frame);
  if (!sparse) return { rows: frame.rows, columns };
  const { values, width } = sideBySide(
    frame.rows,
    columns.map((column) => ({ values: column.values, width: 1 })),
  );
  return frameOfCsr(frame.rows, csrOf(frame.rows, width, values));
}

/** The mask of these columns; what an imputer puts behind its own. */
export function indicatorColumns(
  mask: readonly Uint8Array[],
  features: Int32Array,
  { columns }: Frame,
): NumberColumn[] {
  return Array.from(features, (place) => {
    const name = `missingindicator_${columns[place]!.name}`;
    return { kind: 'number', name, values: Float64Array.from(mask[place]!) };
  });
}

function refuseNew(mask: readonly Uint8Array[], features: Int32Array, { columns }: Frame): void {
  const known = new Set(features);
  const at = mask.findIndex((own, place) => !known.has(place) && own.includes(1));
  if (at < 0) return;
  const name = printable(columns[at]!.name, 60);
  throw new MlctlError(
    'DATA_INVALID',
    `${STEP}: column "${name}" has missing values, which it did not have in the training data`,
  );
}
