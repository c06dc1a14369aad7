// Turns a hint into lines that fit, the first with its word; commands in it stay in one piece.
import type { Style } from '../style.js';
import { wrapHint } from '../wrap.js';

const WORD = 'hint:';

/** `indent`: columns before each line. */
export function hintLines(style: Style, hint: string, columns = style.columns, indent = 2): string[] {
  const left = ' '.repeat(indent);
  const [first = '', ...rest] = wrapHint(`${WORD} ${hint}`, columns - indent);
  return [`${left}${style.cyan(WORD)}${first.slice(WORD.length)}`, ...rest.map((line) => left + line)];
}
