// Turns the name of a time zone and a moment into its offset from UTC, as Python prints it.

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatFor(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      format = null;
    }
    formats.set(zone, format);
  }
  return format;
}

/** Seconds east of UTC; 0 for a zone nobody knows. */
export function zoneOffset(zone: string, ns: bigint): number {
  const fixed = /^UTC(?<sign>[-+])(?<hours>\d\d):(?<minutes>\d\d)$/.exec(zone)?.groups;
  const name =
    fixed === undefined
      ? formatFor(zone)
          ?.formatToParts(Number(ns / 1_000_000n))
          .find(({ type }) => type === 'timeZoneName')?.value
      : zone;
  const found = /(?<sign>[-+])(?<hours>\d\d):(?<minutes>\d\d)/.exec(name ?? '')?.groups;
  if (!found) return 0;
  return (found.sign === '-' ? -1 : 1) * (Number(found.hours) * 3600 + Number(found.minutes) * 60);
}
