// Turns a folder into its list of files with sizes and SHA-256, and one digest over that list (contract §4).
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { MAX_PATH_LEVELS, safePath } from '../uri/safe-join.js';

export interface DigestedFile {
  /** POSIX path relative to the folder. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

interface FolderDigest {
  /** `sha256:<hex>` */
  readonly digest: string;
  /** Sorted by the bytes of their paths. */
  readonly files: readonly DigestedFile[];
  /** Contents of the files that `keep` chose: the same bytes that were hashed. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** Contract §7. */
export const MAX_ENTRIES = 100_000;
/** Files up to this size are read in one go, synchronously, which is four times as fast for small packages as promises. */
const SMALL = 4 * 1024 * 1024;

/** `sha256:` of one line `<hex>  <path>\n` per file, sorted by path bytes. */
export function digestOfList(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256');
  const sorted = files.map((file) => ({ file, key: Buffer.from(file.path) })).sort((a, b) => a.key.compare(b.key));
  for (const { file } of sorted) hash.update(`${file.sha256}  ${file.path}\n`);
  return `sha256:${hash.digest('hex')}`;
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function refuseLimit(what: string, found: string): never {
  throw new MlctlError('LIMIT_EXCEEDED', `${what} ${found}`, {
    details: { max_entries: MAX_ENTRIES, max_levels: MAX_PATH_LEVELS },
  });
}

/** Nothing is there; any other error of the system is reported as it is. */
const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');

/** The real file behind a link. It must be inside the same folder, so that no file from elsewhere gets into a package. */
function followLink(root: string, path: string, shown: string): string {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new MlctlError('PATH_REFUSED', `the link "${printable(shown, 120)}" points to nothing`, { cause });
  }
  const back = relative(root, real);
  if (back === '' || back.startsWith(`..${sep}`) || back === '..' || resolve(back) === back) {
    throw new MlctlError('PATH_REFUSED', `the link "${printable(shown, 120)}" leads out of its folder`, {
      hint: 'copy the file itself into the folder instead of linking to it',
    });
  }
  if (!statSync(real).isFile()) {
    throw new MlctlError(
      'PATH_REFUSED',
      `the link "${printable(shown, 120)}" leads to a folder; only links to files are followed`,
    );
  }
  return real;
}

/** `refuse`: a symbolic link is refused even if it leads to a file of the same folder. */
type Links = 'follow' | 'refuse';

/**
 * Every file below `folder`, by POSIX path. Special files, links that lead out and whatever exceeds the limits of contract §7 are
 * refused.
 */
export function listFolder(folder: string, links: Links = 'follow'): { path: string; file: string; size: number }[] {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new MlctlError('FILE_NOT_FOUND', `there is no folder "${printable(folder)}"`, { cause });
  }
  if (!statSync(root).isDirectory()) throw new MlctlError('FILE_NOT_FOUND', `"${printable(folder)}" is not a folder`);
  const found: { path: string; file: string; size: number }[] = [];
  let entries = 0;
  const pending: string[] = [''];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const levels = at === '' ? 0 : at.split('/').length;
    for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (++entries > MAX_ENTRIES) refuseLimit(`"${printable(folder)}"`, `has more than ${MAX_ENTRIES} entries`);
      if (levels + 1 > MAX_PATH_LEVELS)
        refuseLimit(`"${printable(folder)}"`, `is deeper than ${MAX_PATH_LEVELS} levels`);
      safePath(path);
      let file = join(root, path);
      // Node writes U+FFFD for what it could not read of a name, and then there is no such file.
      if (entry.name.includes('\ufffd') && lstatSync(file, { throwIfNoEntry: false }) === undefined)
        throw new MlctlError('PATH_REFUSED', `"${printable(path, 120)}" is the name of a file, and it is not UTF-8`, {
          hint: 'rename the file',
        });
      if (entry.isDirectory()) {
        pending.push(path);
        continue;
      }
      if (entry.isSymbolicLink() && links === 'refuse')
        throw new MlctlError('PATH_REFUSED', `"${printable(path, 120)}" is a link; expected the file itself`, {
          hint: 'copy the file into the folder instead of linking to it',
        });
      if (entry.isSymbolicLink()) file = followLink(root, file, path);
      else if (!entry.isFile())
        throw new MlctlError(
          'PATH_REFUSED',
          `"${printable(path, 120)}" is neither a file nor a folder (a pipe, socket or device)`,
        );
      found.push({ path, file, size: lstatSync(file).size });
    }
  }
  return found;
}

/**
 * Reads and hashes every file below `folder`. `keep` chooses files whose bytes are returned, so that the bytes that are parsed
 * are the bytes that were verified.
 */
export async function digestFolder(
  folder: string,
  keep: (path: string, size: number) => boolean = () => false,
  links: Links = 'follow',
): Promise<FolderDigest> {
  const files: DigestedFile[] = [];
  const bytes = new Map<string, Uint8Array>();
  for (const { path, file, size } of listFolder(folder, links)) {
    if (size <= SMALL || keep(path, size)) {
      const content = readFileSync(file);
      files.push({ path, size: content.byteLength, sha256: sha256(content) });
      if (keep(path, size)) bytes.set(path, content);
    } else {
      files.push({ path, size, sha256: await sha256OfFile(file) });
    }
  }
  files.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return { digest: digestOfList(files), files, bytes };
}
