// The exit code of smoke (contract §8.3): the worst of what the failed checks and the error that stopped the walk ask for.
import type { SmokeDocument } from '../operations/types.js';
import type { ExitCode } from './command.js';
import { worstExit } from './exit-codes.js';

export function smokeExit(document: SmokeDocument): ExitCode {
  const stopped = document.error ? [document.error.exit_code as ExitCode] : [];
  const failed = document.checks
    .filter((check) => check.status === 'fail')
    .map((check): ExitCode => {
      if (check.name === 'resolve') return stopped[0] ?? 3;
      return check.name === 'integrity' || check.name === 'package' || check.name === 'load' ? 7 : 1;
    });
  return worstExit([...stopped, ...failed]);
}
