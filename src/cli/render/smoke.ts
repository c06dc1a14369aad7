// What smoke found, as a list of checks and a verdict.
import type { CheckDocument } from '../../documents/check.js';
import type { SmokeDocument } from '../../documents/smoke.js';
import { duration, plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { Style } from '../style.js';
import { checksLines } from './checks.js';
import { resolvedWords } from './resolved.js';
import { verdictLine } from './verdict-line.js';

/** `named`: says of which model, where nothing above says it. */
export function smokeVerdict(style: Style, document: SmokeDocument, named = true): string {
  const of = (status: CheckDocument['status']) => document.checks.filter((check) => check.status === status);
  const failed = of('fail').map((check) => check.name);
  const rest = [
    ...(of('warn').length > 0 ? [plural(of('warn').length, 'warning')] : []),
    ...(of('skip').length > 0 ? [`${of('skip').length} skipped`] : []),
    duration(document.elapsed_ms),
  ].join(', ');
  const about = named && document.uri !== '' ? ` for ${printable(document.uri, 400)}` : '';
  return failed.length > 0 || document.error
    ? verdictLine(style, 'fail', `smoke failed${about}: ${failed.join(', ') || document.error?.code} (${rest})`)
    : verdictLine(style, 'pass', `smoke passed${about}: ${plural(of('pass').length, 'check')} ok (${rest})`);
}

export function smokeText(style: Style, document: SmokeDocument): string {
  return [
    // Empty where none was given and none was found.
    ...(document.uri === '' ? [] : [style.bold(printable(document.uri, 400))]),
    ...(document.resolved ? [style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)] : []),
    '',
    ...checksLines(style, document.checks),
    '',
    smokeVerdict(style, document, false),
  ].join('\n');
}
