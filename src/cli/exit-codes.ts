// What each exit code means, for help and docs.
import type { ExitCode } from '../errors/codes.js';

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
