// Turns days and nanoseconds since 1970 into Python's date texts, and back (proleptic Gregorian calendar).

export const DAY_NS = 86_400_000_000_000n;

/** Days since 1970-01-01 of a date, by the shifted-year count of days (years from March). */
export function daysFromCivil(year: bigint, month: number, day: number): bigint {
  const y = month <= 2 ? year - 1n : year;
  const era = (y >= 0n ? y : y - 399n) / 400n;
  const ofEra = y - era * 400n;
  const ofYear = BigInt(Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1);
  return era * 146097n + ofEra * 365n + ofEra / 4n - ofEra / 100n + ofYear - 719468n;
}

export function civilFromDays(days: bigint): { year: bigint; month: number; day: number } {
  const z = days + 719468n;
  const era = (z >= 0n ? z : z - 146096n) / 146097n;
  const ofEra = z - era * 146097n;
  const year = (ofEra - ofEra / 1460n + ofEra / 36524n - ofEra / 146096n) / 365n;
  const ofYear = Number(ofEra - (365n * year + year / 4n - year / 100n));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: year + era * 400n + (month <= 2 ? 1n : 0n),
    month,
    day: ofYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Division that rounds towards minus infinity, as Python's `//`. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const pad = (value: number | bigint, width: number) => String(value).padStart(width, '0');

export function dateText(days: number | bigint): string {
  const { year, month, day } = civilFromDays(BigInt(days));
  const shown = year < 0n ? `-${pad(-year, 4)}` : pad(year, 4);
  return `${shown}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** As `isoformat` of datetime and Timestamp: no fraction if it is 0, six digits, nine if nanoseconds are not 0. */
export function dateTimeText(ns: bigint, separator = 'T'): string {
  const days = floorDiv(ns, DAY_NS);
  const rest = ns - days * DAY_NS;
  const seconds = Number(rest / 1_000_000_000n);
  const fraction = rest % 1_000_000_000n;
  const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => pad(Math.floor(part), 2)).join(':');
  let tail = '';
  if (fraction !== 0n) tail = fraction % 1000n === 0n ? `.${pad(fraction / 1000n, 6)}` : `.${pad(fraction, 9)}`;
  return `${dateText(days)}${separator}${time}${tail}`;
}
