// Turns text into numpy's datetime64: the ISO 8601 parser of `np.datetime64(text)`, with the unit it finds.
import { daysFromCivil } from '../python/python-dates.js';

type DateUnit = 'Y' | 'M' | 'W' | 'D' | 'h' | 'm' | 's' | 'ms' | 'us' | 'ns' | 'ps' | 'fs' | 'as';

/** `count` of `unit`s since 1970; null is NaT (its unit is then `generic`). */
interface NumpyDate {
  readonly unit: DateUnit | 'generic';
  readonly count: bigint | null;
}

const PER_SECOND: Readonly<Record<string, bigint>> = {
  s: 1n,
  ms: 10n ** 3n,
  us: 10n ** 6n,
  ns: 10n ** 9n,
  ps: 10n ** 12n,
  fs: 10n ** 15n,
  as: 10n ** 18n,
};

/** year; then -month, -day, T or blank with hours, :minutes, :seconds, .fraction; then Z or an offset. */
const ISO =
  /^(?<sign>[-+]?)(?<year>\d*)(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:[T ](?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?<dot>\.(?<fraction>\d{0,18}))?)?)?(?<zone>Z|[-+]\d\d(?::?\d\d)?)?[ \t\n\v\f\r]*)?)?)?$/;

function daysInMonth(year: bigint, month: number): number {
  if (month === 2) return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Null if the text is not a date. `now` (milliseconds since 1970) is the value of the words "now" and "today". */
export function parseNumpyDate(text: string, now: () => number = Date.now): NumpyDate | null {
  const word = text.toLowerCase();
  if (word === '' || word === 'nat') return { unit: 'generic', count: null };
  if (word === 'today') return { unit: 'D', count: BigInt(Math.floor(now() / 86_400_000)) };
  if (word === 'now') return { unit: 's', count: BigInt(Math.floor(now() / 1000)) };
  const found = ISO.exec(text.replace(/^[ \t\n\v\f\r]+/, ''));
  if (!found?.groups) return null;
  const part = found.groups as Record<string, string | undefined>;
  if (part.year === '' && part.month === undefined) return null;
  const size = BigInt.asIntN(64, BigInt(part.year || '0'));
  if (size === -(1n << 63n)) return { unit: 'generic', count: null };
  const year = text.startsWith('-') ? -size : size;
  const month = Number(part.month ?? 1);
  if (month < 1 || month > 12) return null;
  if (part.month === undefined) return { unit: 'Y', count: year - 1970n };
  if (part.day === undefined) return { unit: 'M', count: (year - 1970n) * 12n + BigInt(month - 1) };
  const day = Number(part.day);
  if (day < 1 || day > daysInMonth(year, month)) return null;
  const days = daysFromCivil(year, month, day);
  if (part.hour === undefined) return { unit: 'D', count: days };
  const hour = Number(part.hour);
  const minute = Number(part.minute ?? 0);
  const second = Number(part.second ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offset = zoneMinutes(part.zone);
  if (offset === null) return null;
  const minutes = days * 1440n + BigInt(hour * 60 + minute - offset);
  if (part.minute === undefined) return { unit: 'h', count: flooredHours(minutes) };
  if (part.second === undefined) return { unit: 'm', count: minutes };
  const seconds = minutes * 60n + BigInt(second);
  if (part.dot === undefined) return { unit: 's', count: seconds };
  const fraction = part.fraction ?? '';
  const unit = (['ms', 'us', 'ns', 'ps', 'fs', 'as'] as const)[Math.max(0, Math.ceil(fraction.length / 3) - 1)]!;
  const per = PER_SECOND[unit]!;
  const digits = String(per).length - 1;
  return { unit, count: seconds * per + BigInt(fraction.padEnd(digits, '0') || '0') };
}

function flooredHours(minutes: bigint): bigint {
  return minutes >= 0n ? minutes / 60n : -((-minutes + 59n) / 60n);
}

function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
