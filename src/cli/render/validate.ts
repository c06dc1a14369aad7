// Every finding of validate, one a line, and the verdict.
import type { ValidateDocument } from '../../operations/validate.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { findingLines } from './findings.js';
import { hintLines } from './hint-lines.js';
import { verdictLine } from './verdict-line.js';

export function validateVerdict(style: Style, { total, rows, valid, input }: ValidateDocument): string {
  const from = printable(input === '-' ? 'stdin' : input, 400);
  return valid
    ? verdictLine(style, 'pass', `${plural(rows, 'row')} of ${from} ${rows === 1 ? 'is' : 'are'} valid`)
    : verdictLine(style, 'fail', `${from} breaks the signature: ${plural(total, 'finding')}`);
}

export function validateText(style: Style, document: ValidateDocument): string {
  const { groups, total, warnings } = document;
  const lines = [
    ...warnings.map((text) => `  ${mark(style, 'warn')} ${printable(text, 600)}`),
    ...findingLines(style, groups, total),
  ];
  if (lines.length > 0) lines.push('');
  lines.push(validateVerdict(style, document));
  if (document.hint !== null) lines.push(...hintLines(style, printable(document.hint, 600)));
  return lines.join('\n');
}
