// What each exit code means (contract §3), and which one wins where several apply.
import type { ExitCode } from './command.js';

export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done, the answer is yes',
  1: 'ran to the end, the answer is no',
  2: 'usage or configuration',
  3: 'not found (URI, run, version, stage, alias, file)',
  4: 'sign-in missing or refused',
  5: 'data breaks the schema',
  6: 'remote unreachable, or the deadline passed',
  7: 'the model cannot be trusted or run here',
  70: 'a bug in mlctl',
  130: 'interrupted (SIGINT)',
  143: 'ended (SIGTERM)',
};

export const WORST_FIRST: readonly ExitCode[] = [130, 143, 70, 2, 4, 6, 3, 7, 5, 1, 0];

export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 0;
}
