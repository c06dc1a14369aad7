// What each exit code means, for help and docs.
import type { ExitCode } from '../../errors/codes.js';

export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'success',
  1: 'a check failed: the answer is no',
  2: 'wrong usage or configuration',
  3: 'not found (URI, run, version, stage, alias, file)',
  4: 'sign-in missing or refused',
  5: 'the data breaks the schema',
  6: 'a server is unreachable, or the deadline passed',
  7: 'the model cannot be trusted, or cannot run here',
  70: 'a bug in mlctl',
  130: 'interrupted (SIGINT)',
  143: 'terminated (SIGTERM)',
};
