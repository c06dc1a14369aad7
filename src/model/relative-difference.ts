// Turns two doubles into how far they are apart, relative to the larger.

/** 0 for equal values (NaN equals NaN here), infinite if only one is finite; otherwise relative to the larger. */
export function relativeDifference(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
