// Turns a whole number of 32 bits into decimal text in bytes.

/** Bytes that one number takes at most. */
export const MOST_INTEGER_BYTES = 11;

/** The four digits of 0 … 9999 as four bytes, the first one highest: two halves, and in each two digits at once. */
export function fourDigits(value: number): number {
  const hundreds = Math.imul(value, 5243) >>> 19;
  const halves = (hundreds << 16) | (value - Math.imul(hundreds, 100));
  const tens = (Math.imul(halves, 103) >>> 10) & 0x000f000f;
  return (tens << 8) | (halves - Math.imul(tens, 10)) | 0x30303030;
}

/** Writes at `at` and returns the end. */
export function writeInteger(value: number, view: DataView, at: number): number {
  if (value >= 0 && value < 10) {
    view.setUint8(at, 48 + value);
    return at + 1;
  }
  let rest = Math.abs(value);
  let start = at;
  if (value < 0) view.setUint8(start++, 45);
  let end = start + 1;
  for (let power = 10; power <= rest; power *= 10) end++;
  for (let i = end - 1; i >= start; i--) {
    const next = Math.floor(rest / 10);
    view.setUint8(i, 48 + rest - next * 10);
    rest = next;
  }
  return end;
}
