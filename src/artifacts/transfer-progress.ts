// How far a transfer is, in words for the person watching: `sending 12.3 of 70.0 MB`.

/** Often enough for the eye. */
const EVERY_MS = 100;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Counts bytes and reports now and then. `total` null: not known. */
export function transferProgress(
  doing: string,
  total: number | null,
  report: ((text: string) => void) | undefined,
): (bytes: number) => void {
  if (!report) return () => {};
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    done += bytes;
    const now = performance.now();
    if (now - last < EVERY_MS && done !== total) return;
    last = now;
    // A part that is sent again is counted again: never more than there is.
    report(
      total === null
        ? `${doing} ${megabytes(done)} MB`
        : `${doing} ${megabytes(Math.min(done, total))} of ${megabytes(total)} MB`,
    );
  };
}
