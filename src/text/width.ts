// Turns a text into the number of terminal columns it takes: wide characters and emoji two, combining marks none.
import stringWidth from 'string-width';

/** Characters of one column each, which is nearly all text. They are counted first, because measuring the others is slow. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff–…✔✖]*$/;

export const textWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

/** At most `width` columns; what is cut shows as `…`. */
export function cutTo(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let shown = '';
  let taken = 1;
  for (const character of text) {
    taken += textWidth(character);
    if (taken > width) break;
    shown += character;
  }
  return `${shown}…`;
}
