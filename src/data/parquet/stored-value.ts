// Turns single stored values of a Parquet file into what they mean: integers, half floats, decimals and UUIDs.
import { halfValue } from '../half-float.js';

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
  return halfValue((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8));
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

export function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
