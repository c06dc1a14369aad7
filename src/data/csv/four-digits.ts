// Turns four bytes into the number whose digits they are, all at once.

/** `word`: the bytes, the first one highest. Negative if one is not a digit. */
export function fourDigits(word: number): number {
  const four = word ^ 0x30303030;
  if ((((four + 0x76767676) | four) & 0x80808080) !== 0) return -1;
  const halves = (four + Math.imul(four >>> 8, 10)) & 0x00ff00ff;
  return Math.imul(halves >>> 16, 100) + (halves & 0xff);
}
