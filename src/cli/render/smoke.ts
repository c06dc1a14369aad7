// What smoke found, as a list of checks and a verdict.
import type { CheckDocument, SmokeDocument } from '../../operations/types.js';
import { printable } from '../../uri/printable.js';
import { mark, type Style } from '../style.js';
import { wrap } from '../wrap.js';
import { duration, plural } from './numbers.js';
import { resolvedWords } from './resolved.js';

const WORDS: Record<CheckDocument['status'], string> = {
  pass: 'ok',
  fail: 'failed',
  warn: 'warning',
  skip: 'skipped',
};
/** Columns before the message. */
const LEFT = 24;
const COLOURS = { pass: 'green', fail: 'red', warn: 'yellow', skip: 'dim' } as const;

function checkLines(style: Style, check: CheckDocument): string[] {
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

export function smokeVerdict(document: SmokeDocument): string {
  const of = (status: CheckDocument['status']) => document.checks.filter((check) => check.status === status);
  const failed = of('fail').map((check) => check.name);
  const rest = [
    ...(of('warn').length > 0 ? [plural(of('warn').length, 'warning')] : []),
    ...(of('skip').length > 0 ? [`${of('skip').length} skipped`] : []),
    duration(document.elapsed_ms),
  ].join(', ');
  return failed.length > 0 || document.error
    ? `smoke failed: ${failed.join(', ') || document.error?.code} (${rest})`
    : `smoke passed: ${plural(of('pass').length, 'check')} ok (${rest})`;
}

export function smokeText(style: Style, document: SmokeDocument): string {
  const verdict = smokeVerdict(document);
  const failed = verdict.startsWith('smoke failed');
  return [
    style.bold(printable(document.uri, 400)),
    ...(document.resolved ? [style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)] : []),
    '',
    ...document.checks.flatMap((check) => checkLines(style, check)),
    '',
    `${mark(style, failed ? 'fail' : 'pass')} ${style.bold(failed ? style.red(verdict) : style.green(verdict))}`,
  ].join('\n');
}
