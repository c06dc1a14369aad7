// Turns the files of a package that is not the one logged, and what was recorded of the one that was, into which files differ.
import { type DigestedFile, digestOfList, sha256 } from '../files/digest-folder.js';
import type { DigestPair } from './types.js';

export interface ComparedFile {
  readonly path: string;
  /** `unknown`: only the digest of all files was recorded, which does not say which of them differ. */
  readonly state: 'same' | 'added' | 'changed' | 'missing' | 'unknown';
  /** Lower-case hex; null if the file is missing. */
  readonly sha256: string | null;
  /** What was logged, if that is known. */
  readonly logged?: string;
}

/** With more files than this, no file is left out on trial. */
const MOST_TRIED = 200;
const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

/** One line `<hex>  <path>\n` per file, which is the text that the package digest is the SHA-256 of. */
export const listText = (files: readonly Pick<DigestedFile, 'path' | 'sha256'>[]): string =>
  [...files]
    .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    .map(({ path, sha256: hex }) => `${hex}  ${path}\n`)
    .join('');

/** The list by path. Null unless its own digest is the one recorded, so nobody can pass off another list. */
export function parseList(text: string, digest: string): ReadonlyMap<string, string> | null {
  if (`sha256:${sha256(text)}` !== digest) return null;
  const files = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hex, path] = LINE.exec(line) ?? [];
    if (hex === undefined || path === undefined) return null;
    files.set(path, hex);
  }
  return files;
}

/** The one file without which the others are those logged. */
function addedAlone(files: readonly DigestedFile[], { package: digest }: DigestPair): DigestedFile | undefined {
  if (files.length > MOST_TRIED) return undefined;
  return files.find((one) => digestOfList(files.filter((other) => other !== one)) === digest);
}

/** `logged`: the list of files when the model was logged, if it was recorded. Files that differ come first. */
export function compareFiles(
  found: readonly DigestedFile[],
  recorded: DigestPair,
  logged: ReadonlyMap<string, string> | null,
): readonly ComparedFile[] {
  const paths = new Set(found.map(({ path }) => path));
  const alone = logged === null ? addedAlone(found, recorded) : undefined;
  const stateOf = (file: DigestedFile): ComparedFile['state'] => {
    if (logged === null) return alone === undefined ? 'unknown' : file === alone ? 'added' : 'same';
    const before = logged.get(file.path);
    return before === undefined ? 'added' : before === file.sha256 ? 'same' : 'changed';
  };
  const compared: ComparedFile[] = found.map((file) => {
    const before = logged?.get(file.path);
    return {
      path: file.path,
      state: stateOf(file),
      sha256: file.sha256,
      ...(before === undefined ? {} : { logged: before }),
    };
  });
  for (const [path, before] of logged ?? [])
    if (!paths.has(path)) compared.push({ path, state: 'missing', sha256: null, logged: before });
  const isSame = ({ state }: ComparedFile): number => (state === 'same' ? 1 : 0);
  return compared.sort((a, b) => isSame(a) - isSame(b));
}
