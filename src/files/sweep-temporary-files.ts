// Removes the files that killed processes were writing: those named as mlctl names them, in a folder and below it.
import { HeldFolder } from './held-folder.js';
import { isRunning } from './is-running.js';
import { removeBelow } from './remove-below.js';

/** As `temporaryBeside` makes them. */
const NAME = /^\..*\.(\d{1,10})-[0-9a-f]{12}\.mlctl-tmp$/s;
const MOST_LEVELS = 64;

/** Never throws; how many there were. Links and mounts are not followed, and a file that has a second name stays. */
export function removeTemporaryFiles(folder: string): number {
  try {
    const held = HeldFolder.open(folder);
    try {
      return cleanHeld(held, MOST_LEVELS);
    } finally {
      held.close();
    }
  } catch {
    // What cannot be read is left.
    return 0;
  }
}

function cleanHeld(folder: HeldFolder, levels: number): number {
  let count = 0;
  for (const name of folder.names()) {
    const facts = folder.look(name);
    const pid = NAME.exec(name.toString('latin1'))?.[1];
    if (facts?.isFile() && facts.nlink === 1 && pid !== undefined && !isRunning(Number(pid))) {
      removeBelow(folder, name);
      count += 1;
    }
    const inner = facts?.isDirectory() && levels > 0 ? folder.enter(name) : null;
    if (inner === null) continue;
    try {
      count += cleanHeld(inner, levels - 1);
    } finally {
      inner.close();
    }
  }
  return count;
}
