// Turns untrusted text (names, paths, server answers) into text that is safe to show: one line, no control or invisible
// characters, bounded.

/**
 * C0, DEL, C1, soft hyphen, zero-width and bidirectional controls, line separators, tag characters that can hide text (U+E0000),
 * interlinear marks, the byte order mark, and lone surrogates.
 */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}\p{Cs}]/gu;

const ESCAPES = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escaped(character: string): string {
  return ESCAPES.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * At most `max` characters of `text`, with every character that could move the cursor or mislead the reader written as an escape.
 */
export function printable(text: string, max = 300): string {
  // Cut first, because the text may be hundreds of megabytes long.
  const cut = text.length > max ? text.slice(0, max) : text;
  const left = text.length - cut.length;
  const shown = cut.replace(UNPRINTABLE, escaped);
  return left > 0 ? `${shown}… (${left} more characters)` : shown;
}

/** Whether `printable` would change anything but the length. */
export function isPrintable(text: string): boolean {
  UNPRINTABLE.lastIndex = 0;
  return !UNPRINTABLE.test(text);
}
