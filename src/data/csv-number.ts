// The bytes of a CSV cell to the number they spell, or NaN: digits with an optional point, exponent and sign, as pandas reads them.

// Powers of ten that are exact in float64: up to 10^22 one division or product rounds correctly (Clinger 1990).
const TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** `kind` of the last number read: 0 none, 1 whole (spelt without point and exponent), 2 with a fraction or exponent, 3 whole beyond 2^53. */
export const lastNumber = { kind: 0 };

/** Blanks around the number do not matter. Correctly rounded. */
export function cellNumber(bytes: Buffer, start: number, stop: number): number {
  lastNumber.kind = 0;
  let at = start;
  let end = stop;
  while (at < end && bytes[at] === 32) at++;
  while (end > at && bytes[end - 1] === 32) end--;
  const from = at;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let scale = 0;
  let point = false;
  let kind = 1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) {
      digits++;
      if (significant > 0 || byte !== 48) significant++;
      mantissa = mantissa * 10 + (byte - 48);
      if (point) scale--;
    } else if (byte === 46 && !point) {
      point = true;
      kind = 2;
    } else break;
  }
  if (digits === 0) return word(bytes, from, end);
  if (at < end) {
    if (bytes[at] !== 101 && bytes[at] !== 69) return Number.NaN;
    kind = 2;
    at++;
    const minus = bytes[at] === 45;
    if (minus || bytes[at] === 43) at++;
    if (at === end) return Number.NaN;
    let exponent = 0;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte < 48 || byte > 57) return Number.NaN;
      exponent = Math.min(exponent * 10 + (byte - 48), 100_000);
    }
    scale += minus ? -exponent : exponent;
  }
  lastNumber.kind = kind === 1 && mantissa > Number.MAX_SAFE_INTEGER ? 3 : kind;
  if (significant > 15 || scale > 22 || scale < -22) return Number(bytes.toString('latin1', from, end));
  const value = scale < 0 ? mantissa / TEN[-scale]! : mantissa * TEN[scale]!;
  return sign === 45 ? -value : value;
}

function word(bytes: Buffer, from: number, end: number): number {
  if (end - from < 3 || end - from > 9) return Number.NaN;
  const infinite = /^([-+]?)inf(?:inity)?$/i.exec(bytes.toString('latin1', from, end));
  if (!infinite) return Number.NaN;
  lastNumber.kind = 2;
  return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
