// Turns the path of an output into what is there: a place for a file, something that is written to as it is, or a folder.
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** As many as the system itself follows. */
const MOST_LINKS = 40;
/** Links in it are open files: what they lead to is in use, and a file under its name would be another. */
const OPEN_FILES = /^\/(?:proc\/(?:\d+|self)(?:\/task\/\d+)?|dev)\/fd$/;

interface OutputPlace {
  /** `open`: a file of some process that has it open, by whatever kind. */
  readonly kind: 'file' | 'folder' | 'pipe' | 'device' | 'open';
  /** Where links end, so that a file takes the place of the file and not of the link. */
  readonly path: string;
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Throws what the system says of a link that leads nowhere else but to itself. */
export function outputPlace(given: string): OutputPlace {
  let path = resolve(given);
  for (let links = 0; ; links += 1) {
    const folder = realFolder(dirname(path));
    path = join(folder, basename(path));
    if (OPEN_FILES.test(folder)) return { kind: 'open', path };
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts === undefined || facts.isFile()) return { kind: 'file', path };
    if (facts.isDirectory()) return { kind: 'folder', path };
    if (!facts.isSymbolicLink()) return { kind: facts.isFIFO() ? 'pipe' : 'device', path };
    if (links === MOST_LINKS) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
    path = resolve(folder, readlinkSync(path));
  }
}
