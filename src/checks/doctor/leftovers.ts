// Turns what killed processes left into a warning; null if they left nothing.

import { plural } from '../../text/numbers.js';
import { type Check, warned } from '../check.js';
import { failed } from './failed.js';

const MOST_SHOWN = 20;

const some = (count: number, one: string, more: string): readonly string[] =>
  count === 0 ? [] : [plural(count, one, more)];

/** `findRuns`: the ids of runs that are still RUNNING. `countFiles`: how many temporary files and folders there are. */
export async function judgeLeftovers(
  findRuns: () => Promise<readonly string[]>,
  countFiles: () => Promise<number>,
): Promise<Check | null> {
  try {
    const [runs, files] = [await findRuns(), await countFiles()];
    if (runs.length === 0 && files === 0) return null;
    const left = [
      ...some(runs.length, 'run that is still RUNNING', 'runs that are still RUNNING'),
      ...some(files, 'temporary file or folder', 'temporary files or folders'),
    ];
    const hint = 'mlctl doctor --repair';
    return warned(`killed processes left ${left.join(' and ')}`, hint, {
      runs: runs.slice(0, MOST_SHOWN),
      more_runs: Math.max(0, runs.length - MOST_SHOWN),
      files,
    });
  } catch (error) {
    return failed(error);
  }
}
