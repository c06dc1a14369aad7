// Turns a frame with missing values or infinities into an error, where scikit-learn refuses them before any part sees them.
import { allFinite, type Frame, numericColumns, refuseNotFinite } from '../frame.js';

export function refuseMissing(frame: Frame, step: string): void {
  const made = frame.dense?.values ?? frame.sparse?.data;
  if (made && allFinite(made, 'refused')) return;
  refuseNotFinite(numericColumns(frame, step), step, 'refused');
}
