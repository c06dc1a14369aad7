// Makes private folders for as long as the work takes, marked as mlctl's, and removes those that killed processes left.
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readFileSync, type Stats, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HeldFolder } from './held-folder.js';
import { isRunning } from './is-running.js';
import { removeBelow } from './remove-below.js';

export type Sweep = 'remove' | 'count';

/** A file in each of these folders; without it nothing is removed, whatever the folder's name. */
const MARK = '.made-by-mlctl';
const NAME = /^\.?mlctl-(\d{1,10})-[0-9a-f]{24}(?:\.mlctl-tmp)?$/;
/** Younger ones may be in use by another machine that shares the folder. */
const OLD_MS = 24 * 3600 * 1000;

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

const markOf = (name: string): string => `scratch folder of mlctl: ${name}\n`;

/** A name that cannot be guessed: among temporary files, or in the folder into which the result will be renamed. */
export function scratchPath(parent: string = tmpdir()): string {
  const name = `mlctl-${process.pid}-${randomBytes(12).toString('hex')}`;
  return join(parent, parent === tmpdir() ? name : `.${name}.mlctl-tmp`);
}

const swept = new Set<string>();

/** Creates the folder, empty except for its mark. */
export function makeScratch(path: string = scratchPath()): string {
  const parent = dirname(path);
  if (!swept.has(parent)) sweepScratch(parent);
  swept.add(parent);
  mkdirSync(path, { mode: 0o700 });
  writeFileSync(join(path, MARK), markOf(basename(path)), { flag: 'wx', mode: 0o600 });
  return path;
}

/** Never throws: what is left is removed another time. */
export function removeScratch(path: string): void {
  inFolder(dirname(path), (parent) => {
    if (isMarked(parent, basename(path))) removeBelow(parent, basename(path));
  });
}

/** Removes, or only counts, what killed processes left in `parent`; returns how many there were. Never throws. */
export function sweepScratch(parent: string = tmpdir(), now: number = Date.now(), how: Sweep = 'remove'): number {
  let count = 0;
  inFolder(parent, (held) => {
    for (const bytes of held.names()) {
      const name = bytes.toString('latin1');
      if (isLeft(held, name, now) && (how === 'count' || removeBelow(held, name))) count += 1;
    }
  });
  return count;
}

function inFolder(path: string, work: (held: HeldFolder) => void): void {
  try {
    const held = HeldFolder.open(path);
    try {
      work(held);
    } finally {
      held.close();
    }
  } catch {
    // A folder that cannot be read is not emptied.
  }
}

function isLeft(parent: HeldFolder, name: string, now: number): boolean {
  const pid = NAME.exec(name)?.[1];
  const facts = pid === undefined ? null : parent.look(name);
  if (pid === undefined || facts === null || now - facts.mtimeMs <= OLD_MS) return false;
  return !isRunning(Number(pid)) && isMarked(parent, name);
}

const isOwn = ({ uid }: Stats): boolean => process.getuid === undefined || uid === process.getuid();

/** The mark is a regular file, not a link and not a second name of another, and names the folder that it is in. */
function isMarked(parent: HeldFolder, name: string): boolean {
  const facts = parent.look(name);
  const folder = facts !== null && isOwn(facts) ? parent.enter(name) : null;
  if (folder === null) return false;
  try {
    const mark = folder.look(MARK);
    if (mark === null || !mark.isFile() || mark.nlink !== 1 || !isOwn(mark) || mark.size > 200) return false;
    const file = openSync(folder.at(MARK), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return readFileSync(file, 'utf8') === markOf(name);
    } finally {
      closeSync(file);
    }
  } finally {
    folder.close();
  }
}
