// Removes an entry of a folder that is held open, with all below it: links and other file systems are not followed.
import { rmdirSync, unlinkSync } from 'node:fs';
import type { HeldFolder } from './held-folder.js';

/** Deeper than anything that mlctl writes; each level holds a handle. */
const MOST_LEVELS = 100;

/** False if something is left: whatever is mounted below stays, and so do the folders above it. Throws what the system says. */
export function removeBelow(parent: HeldFolder, name: string | Buffer, levels = MOST_LEVELS): boolean {
  const facts = parent.look(name);
  if (facts === null) return true;
  if (!facts.isDirectory()) {
    // The name of a link, a second name of a file, or a pipe: what it leads to is not changed.
    unlinkSync(parent.at(name));
    return true;
  }
  const folder = levels === 0 ? null : parent.enter(name);
  if (folder === null) return false;
  let isEmpty = true;
  try {
    for (const inner of folder.names()) isEmpty = removeBelow(folder, inner, levels - 1) && isEmpty;
  } finally {
    folder.close();
  }
  if (isEmpty) rmdirSync(parent.at(name));
  return isEmpty;
}
