// Turns the progress of a transfer into words for the person watching: `sending 12.3 of 70.0 MB`, `fetching 3.1 of 12.0 kB`.
import { monotonicMs } from '../world.js';

/** Often enough to look steady. */
const EVERY_MS = 100;

/** In the unit of the whole, so that the figure before it grows and its unit does not change. */
const inUnitOf = (whole: number) => (bytes: number) => (bytes / (whole < 1e6 ? 1e3 : 1e6)).toFixed(1);

/** Counts bytes and reports now and then. `total` null: not known. */
export function transferProgress(
  doing: string,
  total: number | null,
  report: ((text: string, share?: number) => void) | undefined,
): (bytes: number) => void {
  if (!report) return () => {};
  const shown = inUnitOf(total ?? 1e6);
  const unit = (total ?? 1e6) < 1e6 ? 'kB' : 'MB';
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    done += bytes;
    const now = monotonicMs();
    if (now - last < EVERY_MS && done !== total) return;
    last = now;
    // A part that is sent again is counted again, but never beyond the total.
    if (total === null) report(`${doing} ${shown(done)} ${unit}`);
    else report(`${doing} ${shown(Math.min(done, total))} of ${shown(total)} ${unit}`, Math.min(done / total, 1));
  };
}
