// Turns the path of an output into what is there: a place for a file, something to write to directly, or a folder.
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The system follows as many. */
const MOST_LINKS = 40;
/** Links in it are open files: what they lead to is in use, and a file under its name would be a different one. */
const OPEN_FILES = /^\/(?:proc\/(?:\d+|self)(?:\/task\/\d+)?|dev)\/fd$/;

interface OutputPlace {
  /** `open`: a file that some process has open, of any kind. */
  readonly kind: 'file' | 'folder' | 'pipe' | 'device' | 'open';
  /** Where links end, so that the new file replaces the file and not the link. */
  readonly path: string;
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Throws what the system says about a link that only leads to itself. */
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
