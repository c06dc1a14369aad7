// How many columns of a terminal a text takes, as terminals show it: wide characters and emoji two, combining marks none.
import stringWidth from 'string-width';

/** Each of one column, and nearly all text there is: what measures the rest takes longer than all else that a line needs. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff–…✔✖]*$/;

export const textWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));
