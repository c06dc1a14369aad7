// Turns single stored values of a Parquet file into Python's: integers, half floats, dates, times and decimals.
import type { TimeUnit } from '../../../data/parquet/read-arrow-schema.js';
import { PyFailure } from '../failure.js';
import { convertUnit } from '../numpy/numpy-set.js';
import { dateText, daysFromCivil } from '../python/python-dates.js';
import type { PyValue } from '../python/python-value.js';

/** Unsigned integers are stored as if they were signed. */
export function integerOf(
  value: unknown,
  { bits, signed }: { readonly bits: number; readonly signed: boolean },
): bigint {
  const whole = BigInt(value as number | bigint);
  return signed ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole);
}

/** IEEE half precision, two bytes, the lower first. */
export function halfOf(bytes: Uint8Array): number {
  const bits = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const FIRST_DAY = Number(daysFromCivil(1n, 1, 1));
const LAST_DAY = Number(daysFromCivil(9999n, 12, 31));

/** datetime.date supports the years 1 to 9999. */
export function parquetDate(days: number): PyValue {
  if (days < FIRST_DAY || days > LAST_DAY) {
    const [year] = /^-?\d+/.exec(dateText(days)) ?? ['?'];
    throw new PyFailure('ValueError', `year ${Number(year)} is out of range`, { tmpl: 'parquet_parse' });
  }
  return { kind: 'date', days };
}

export function timeText(count: bigint, unit: TimeUnit): string {
  const us = convertUnit(count, unit, 'us');
  const two = (part: bigint) => String(part % 60n).padStart(2, '0');
  const seconds = us / 1_000_000n;
  const rest = us % 1_000_000n;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0')}`;
  return `${String(seconds / 3600n).padStart(2, '0')}:${two(seconds / 60n)}:${two(seconds)}${fraction}`;
}

/** As `str(Decimal)` writes it: with an exponent below 10⁻⁶. */
export function decimalText(value: unknown, scale: number): string {
  const whole = value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint);
  const sign = whole < 0n ? '-' : '';
  const digits = String(whole < 0n ? -whole : whole);
  if (scale === 0) return sign + digits;
  const exponent = digits.length - 1 - scale;
  if (exponent < -6) {
    const rest = digits.slice(1);
    return `${sign}${digits[0]}${rest === '' ? '' : `.${rest}`}E${exponent}`;
  }
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Two's complement. */
function bigEndian(bytes: Uint8Array): bigint {
  let whole = 0n;
  for (const byte of bytes) whole = (whole << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, whole);
}
