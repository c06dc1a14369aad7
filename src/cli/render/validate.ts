// Every finding of validate, one a line, and the verdict.
import type { ValidateDocument } from '../../operations/validate.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { findingLines } from './findings.js';
import { plural } from './numbers.js';

export function validateText(style: Style, document: ValidateDocument): string {
  const { groups, total, warnings, rows, valid, input, hint } = document;
  const lines = [
    ...warnings.map((text) => `  ${mark(style, 'warn')} ${printable(text, 600)}`),
    ...findingLines(style, groups, total),
  ];
  if (lines.length > 0) lines.push('');
  const from = printable(input === '-' ? 'stdin' : input, 400);
  lines.push(
    valid
      ? `${mark(style, 'pass')} ${style.bold(style.green(`${plural(rows, 'row')} of ${from} ${rows === 1 ? 'is' : 'are'} valid`))}`
      : `${mark(style, 'fail')} ${style.bold(style.red(`${from} breaks the signature: ${plural(total, 'finding')}`))}`,
  );
  if (hint !== null) lines.push(`  hint: ${printable(hint, 600)}`);
  return lines.join('\n');
}
