// Turns a folder into the files that killed processes were writing in it, named as mlctl names them; they are counted or removed.
import { HeldFolder } from './held-folder.js';
import { isRunning } from './is-running.js';
import { removeBelow } from './remove-below.js';
import type { Sweep } from './scratch-folder.js';

/** As `temporaryBeside` makes them. */
const NAME = /^\..*\.(\d{1,10})-[0-9a-f]{12}\.mlctl-tmp$/s;
const MOST_LEVELS = 64;

/**
 * How many there were, down to `levels` folders below this one. Never throws. Links and mounts are not followed, and a file that
 * has a second name stays.
 */
export function sweepTemporaryFiles(folder: string, how: Sweep = 'remove', levels: number = MOST_LEVELS): number {
  try {
    const held = HeldFolder.open(folder);
    try {
      return sweepHeld(held, how, levels);
    } finally {
      held.close();
    }
  } catch {
    // What cannot be read is left.
    return 0;
  }
}

function sweepHeld(folder: HeldFolder, how: Sweep, levels: number): number {
  let count = 0;
  for (const name of folder.names()) {
    const facts = folder.look(name);
    const pid = NAME.exec(name.toString('latin1'))?.[1];
    if (facts?.isFile() && facts.nlink === 1 && pid !== undefined && !isRunning(Number(pid))) {
      if (how === 'remove') removeBelow(folder, name);
      count += 1;
    }
    const inner = facts?.isDirectory() && levels > 0 ? folder.enter(name) : null;
    if (inner === null) continue;
    try {
      count += sweepHeld(inner, how, levels - 1);
    } finally {
      inner.close();
    }
  }
  return count;
}
