// What smoke found to its exit code (contract §8.3): the worst wins, in the order 70, 2, 4, 6, 3, 7, 5, 1.
import type { CheckName } from '../documents/check.js';
import type { SmokeDocument } from '../documents/smoke.js';

const WORST_FIRST = [70, 2, 4, 6, 3, 7, 5, 1];
/** The model cannot be trusted or run here. */
const UNTRUSTED: ReadonlySet<CheckName> = new Set(['integrity', 'package', 'load']);

export function smokeExitCode(document: SmokeDocument): number {
  const stop = document.error?.exit_code;
  const codes = document.checks
    .filter(({ status }) => status === 'fail')
    .map(({ name }) => (name === 'resolve' ? (stop ?? 3) : UNTRUSTED.has(name) ? 7 : 1));
  if (stop !== undefined) codes.push(stop);
  return WORST_FIRST.find((code) => codes.includes(code)) ?? codes[0] ?? 0;
}
