// Turns untrusted text into text that fits into its room in a picture.
import { printable } from '../text/printable.js';

/** Estimated width of one character in em of a usual sans-serif font, on the wide side so that text rather ends early than overlaps. */
function emOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x2e80) {
    if (/\p{Mn}/u.test(character)) return 0;
    if (/[ijl.,:;'|!]/.test(character)) return 0.3;
    if (/[frt()[\]{}/\\\- ]/.test(character)) return 0.4;
    if (/[mwMW@%]/.test(character)) return 0.93;
    if (/[A-Z&_]/.test(character)) return 0.69;
    return 0.6;
  }
  return 1.05;
}

export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += emOf(character);
  return em * size;
}

/** `text` made printable and cut with an ellipsis to `room` pixels, between what readers see as characters. Not escaped yet. */
export function fitText(text: string, room: number, size: number): string {
  const shown = printable(text, 400);
  if (textWidth(shown, size) <= room) return shown;
  const parts = /^[\x20-\x7e]*$/.test(shown)
    ? [...shown]
    : Array.from(new Intl.Segmenter('en').segment(shown), (part) => part.segment);
  let left = room - textWidth('…', size);
  let kept = '';
  for (const part of parts) {
    left -= textWidth(part, size);
    if (left < 0) break;
    kept += part;
  }
  return `${kept.trimEnd()}…`;
}
