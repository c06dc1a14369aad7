// Turns a frame with missing values or infinities into an error, where scikit-learn refuses them before any part sees them.
import { type Frame, numericColumns, refuseNotFinite } from './frame.js';

export function refuseMissing(frame: Frame, step: string): void {
  const made = frame.dense?.values ?? frame.sparse?.data;
  // only NaN and infinities leave something when they are taken from themselves
  if (made?.every((value) => value - value === 0)) return;
  refuseNotFinite(numericColumns(frame, step), step, 'refused');
}
