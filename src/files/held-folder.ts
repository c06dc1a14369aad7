// Turns the path of a folder into the folder itself, held open: work in it stays in it, even if something else takes its place
// meanwhile.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  type PathLike,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

const { O_RDONLY, O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
/** Linux gives the entries of an open folder names of their own; elsewhere a folder is compared with what was opened. */
const OPEN_FILES = '/proc/self/fd';

const sameFile = (one: Stats, other: Stats): boolean => one.dev === other.dev && one.ino === other.ino;

/**
 * The mount that an open file is on: bind mounts of the same disk differ in it, but not in the device. Null if the system does
 * not say.
 */
function mountOf(fd: number): string | null {
  try {
    return /^mnt_id:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? null;
  } catch {
    return null;
  }
}

export class HeldFolder {
  readonly #path: string;
  readonly #fd: number;
  readonly #facts: Stats;
  readonly #mount: string | null;
  readonly #byHandle: boolean;

  private constructor(path: string, fd: number) {
    this.#path = path;
    this.#fd = fd;
    this.#facts = fstatSync(fd);
    this.#mount = mountOf(fd);
    this.#byHandle = existsSync(`${OPEN_FILES}/${fd}`);
  }

  /** A place that the user named, which may be a link; folders below it are entered from it. Throws what the system says. */
  static open(path: string): HeldFolder {
    const real = realpathSync(path);
    const fd = openSync(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const held = new HeldFolder(real, fd);
    // A folder on the way may have become a link since.
    if (!held.#byHandle || realpathSync(`${OPEN_FILES}/${fd}`) === real) return held;
    held.close();
    throw new MlctlError('PATH_REFUSED', `"${printable(real)}" was moved while it was opened`);
  }

  /** The path of an entry, for one call: on Linux by the handle, elsewhere if the folder is still the one that was opened. */
  at(name: string | Buffer): PathLike {
    const folder = this.#byHandle ? `${OPEN_FILES}/${this.#fd}` : this.#path;
    if (!this.#byHandle && !sameFile(lstatSync(folder), this.#facts))
      throw new MlctlError('PATH_REFUSED', `"${printable(folder)}" was replaced while it was in use`);
    return typeof name === 'string' ? join(folder, name) : Buffer.concat([Buffer.from(`${folder}/`), name]);
  }

  /** Names as bytes, because not all are text. */
  names(): Buffer[] {
    return readdirSync(this.at(''), { encoding: 'buffer' });
  }

  /** Follows no link; null if nothing is there. */
  look(name: string | Buffer): Stats | null {
    return lstatSync(this.at(name), { throwIfNoEntry: false }) ?? null;
  }

  /** The folder of that name; null for a link, for another file system that is mounted there, and for what is not a folder. */
  enter(name: string | Buffer): HeldFolder | null {
    const facts = this.look(name);
    if (facts === null || !facts.isDirectory() || facts.dev !== this.#facts.dev) return null;
    const inner = new HeldFolder(
      join(this.#path, name.toString()),
      openSync(this.at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
    );
    if (sameFile(inner.#facts, facts) && inner.#mount === this.#mount) return inner;
    inner.close();
    return null;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
