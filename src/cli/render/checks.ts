// One check of smoke or doctor as lines: mark, name, word, message, hint.
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { wrap } from '../wrap.js';

type Status = 'pass' | 'fail' | 'warn' | 'skip';

interface Check {
  readonly name: string;
  readonly status: Status;
  readonly message: string;
  readonly hint: string | null;
}

const WORDS: Record<Status, string> = {
  pass: 'ok',
  fail: 'failed',
  warn: 'warning',
  skip: 'skipped',
};
/** Columns before the message. */
const LEFT = 24;
const COLOURS = { pass: 'green', fail: 'red', warn: 'yellow', skip: 'dim' } as const;

/** The message wrapped beside its check, the hint below it. */
export function checkLines(style: Style, check: Check): string[] {
  const word = style[COLOURS[check.status]](WORDS[check.status].padEnd(7));
  const indent = ' '.repeat(LEFT);
  const [first = '', ...rest] = wrap(printable(check.message, 600), Math.max(style.width - LEFT, 40));
  const shade = check.status === 'skip' ? style.dim : (text: string) => text;
  const lines = [
    `  ${mark(style, check.status)} ${check.name.padEnd(9)}  ${word}  ${shade(first)}`,
    ...rest.map((line) => indent + shade(line)),
  ];
  if (check.hint !== null && check.status !== 'pass')
    lines.push(`${indent}${style.cyan('hint:')} ${printable(check.hint, 600)}`);
  return lines;
}
