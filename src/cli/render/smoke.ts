// What smoke found, as a list of checks and a verdict.
import type { CheckDocument } from '../../documents/check.js';
import type { SmokeDocument } from '../../documents/smoke.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { checkLines } from './checks.js';
import { duration, plural } from './numbers.js';
import { resolvedWords } from './resolved.js';

function smokeVerdict(document: SmokeDocument): string {
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
    // Empty where none was given and none was found.
    ...(document.uri === '' ? [] : [style.bold(printable(document.uri, 400))]),
    ...(document.resolved ? [style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)] : []),
    '',
    ...document.checks.flatMap((check) => checkLines(style, check)),
    '',
    `${mark(style, failed ? 'fail' : 'pass')} ${style.bold(failed ? style.red(verdict) : style.green(verdict))}`,
  ].join('\n');
}
