// The checks of smoke or doctor as lines: mark, name, word, message, hint. Skipped ones with one reason share a line.
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { wrap } from '../wrap.js';
import { hintLines } from './hint-lines.js';

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

/** Neighbours that were skipped for the same reason become one. */
function grouped(checks: readonly Check[]): Check[] {
  const groups: { check: Check; names: string[] }[] = [];
  for (const check of checks) {
    const before = groups.at(-1);
    if (check.status === 'skip' && before?.check.status === 'skip' && before.check.message === check.message)
      before.names.push(check.name);
    else groups.push({ check, names: [check.name] });
  }
  return groups.map(({ check, names }) => (names.length < 3 ? check : { ...check, name: `${names.length} checks` }));
}

export function checksLines(style: Style, checks: readonly Check[]): string[] {
  return grouped(checks).flatMap((check) => checkLines(style, check));
}

/** The message wrapped beside its check, the hint below it. */
function checkLines(style: Style, check: Check): string[] {
  const word = style[COLOURS[check.status]](WORDS[check.status].padEnd(7));
  const indent = ' '.repeat(LEFT);
  const room = Math.max(style.width - LEFT, 20);
  const [first = '', ...rest] = wrap(printable(check.message, 600), room);
  const shade = check.status === 'skip' ? style.dim : (text: string) => text;
  const lines = [
    `  ${mark(style, check.status)} ${check.name.padEnd(9)}  ${word}  ${shade(first)}`,
    ...rest.map((line) => indent + shade(line)),
  ];
  if (check.hint !== null && check.status !== 'pass')
    lines.push(...hintLines(style, printable(check.hint, 600), LEFT + room, LEFT));
  return lines;
}
