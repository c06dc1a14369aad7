// Turns a tree of files in an artifact store into a local folder and back, with limits, safe names and digests.
import { createHash } from 'node:crypto';
import { mkdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { type DigestedFile, MAX_ENTRIES, sha256OfFile } from '../files/digest-folder.js';
import { changedSince } from '../files/read-proven.js';
import { refuseClashes } from '../files/refuse-clashes.js';
import { writeNewFile } from '../files/write-atomically.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { printable } from '../text/printable.js';
import { MAX_PATH_LEVELS, safeJoin, safePath } from '../uri/safe-join.js';
import { inParallel } from './in-parallel.js';
import type { ArtifactEntry, ArtifactStore } from './store.js';
import { transferProgress } from './transfer-progress.js';

/** Files transferred at the same time. */
const LANES = 4;

interface TransferOptions {
  readonly signal?: AbortSignal;
  /** Called with the progress of the transfer. */
  readonly progress?: ((text: string, share?: number) => void) | undefined;
}

/**
 * Every file below `path`, relative to it. The store's answer is checked first: names that leave the folder, names that overwrite
 * one another, endless lists.
 */
export async function listTree(
  store: ArtifactStore,
  path: string,
  options: TransferOptions = {},
): Promise<readonly { path: string; size: number | null }[]> {
  const found: { path: string; size: number | null }[] = [];
  const prefix = path === '' ? '' : `${safePath(path)}/`;
  const pending = [path];
  let entries = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    options.signal?.throwIfAborted();
    for (const entry of await store.list(folder)) {
      if (++entries > MAX_ENTRIES) {
        throw new MlctlError(
          'LIMIT_EXCEEDED',
          `${printable(store.uri)} lists more than ${MAX_ENTRIES} entries below "${printable(path, 120)}"`,
        );
      }
      const inner = relativeTo(entry, folder, prefix);
      if (inner.split('/').length > MAX_PATH_LEVELS) {
        throw new MlctlError(
          'LIMIT_EXCEEDED',
          `${printable(store.uri)} lists folders deeper than ${MAX_PATH_LEVELS} levels below "${printable(path, 120)}"`,
        );
      }
      if (entry.isDirectory) pending.push(entry.path);
      else found.push({ path: inner, size: entry.size });
    }
  }
  refuseClashes(found.map((file) => file.path));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One level below the folder that was asked for, and nothing else. */
function relativeTo(entry: ArtifactEntry, folder: string, prefix: string): string {
  safePath(entry.path);
  const above = entry.path.includes('/') ? entry.path.slice(0, entry.path.lastIndexOf('/')) : '';
  if (above !== folder || !entry.path.startsWith(prefix)) {
    throw new MlctlError(
      'PATH_REFUSED',
      `the store lists "${printable(entry.path, 120)}" inside "${printable(folder, 120)}", but it is not inside`,
    );
  }
  // Checked as it will be joined, so that nothing is fetched if one name of the list would be refused later.
  return safePath(entry.path.slice(prefix.length));
}

/**
 * Copies everything below `path`, or `only` some of it, into the existing empty folder `target`; sizes and hashes of what was
 * written.
 */
export async function downloadTree(
  store: ArtifactStore,
  path: string,
  target: string,
  options: TransferOptions & { readonly only?: ReadonlySet<string> } = {},
): Promise<readonly DigestedFile[]> {
  const done = new Map<string, DigestedFile>();
  const { only } = options;
  const files = (await listTree(store, path, options)).filter((file) => only?.has(file.path) ?? true);
  const total = files.reduce<number | null>((sum, { size }) => (sum === null || size === null ? null : sum + size), 0);
  await needSpace(target, total ?? 0);
  const came = transferProgress('fetching', total, options.progress);
  await inParallel(files, LANES, async (file) => {
    const place = safeJoin(target, file.path);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let size = 0;
    await writeNewFile(
      place,
      (async function* () {
        // Requested once there is a place to write to, because a body that is not read would hold its connection.
        for await (const chunk of await store.read(path === '' ? file.path : `${path}/${file.path}`)) {
          options.signal?.throwIfAborted();
          hash.update(chunk);
          size += chunk.byteLength;
          came(chunk.byteLength);
          // Not a byte more than was listed is written, so that a server cannot fill the disk.
          if (file.size !== null && size > file.size) throw otherSize(file.path, file.size, `more than ${file.size}`);
          yield chunk;
        }
      })(),
    );
    if (file.size !== null && file.size !== size) throw otherSize(file.path, file.size, String(size));
    done.set(file.path, { path: file.path, size, sha256: hash.digest('hex') });
  });
  return files.map((file) => done.get(file.path) as DigestedFile);
}

/** Checked before a byte is fetched, and not once the disk is full for all programs. */
async function needSpace(folder: string, bytes: number): Promise<void> {
  const facts = await statfs(folder).catch(() => null);
  // Some network file systems report 0 for everything.
  if (facts === null || facts.blocks === 0) return;
  const free = facts.bavail * facts.bsize;
  if (bytes <= free) return;
  throw new MlctlError(
    'FILE_WRITE_FAILED',
    `the files are ${bytes} bytes as listed, and "${printable(folder)}" has room for ${free}`,
    { hint: 'make room there, or name another folder in MLCTL_CACHE_DIR; nothing was fetched' },
  );
}

function otherSize(path: string, listed: number, found: string): MlctlError {
  return new MlctlError(
    'INTEGRITY_MISMATCH',
    `"${printable(path, 120)}" was listed with ${listed} bytes but arrived with ${found}`,
    { hint: 'run the command again: the transfer was cut, or the file changed meanwhile' },
  );
}

/** The digest of what comes back; a longer file is a different one, however long. */
async function digestOfRead(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  came: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let got = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    came(chunk.byteLength);
    got += chunk.byteLength;
    if (got > size) break;
  }
  return hash.digest('hex');
}

/**
 * Writes `files` below `path`, then reads each back and compares its digest. A file that cannot be shown to have arrived is an
 * error. The last file is written alone after all others, so that a package whose MLmodel comes last is complete once it has one.
 */
export async function uploadTree(
  store: ArtifactStore,
  path: string,
  files: ReadonlyMap<string, FolderFile>,
  options: TransferOptions = {},
): Promise<readonly DigestedFile[]> {
  const done = new Map<string, DigestedFile>();
  const at = (inner: string): string => safePath(path === '' ? inner : `${path}/${safePath(inner)}`);
  refuseClashes([...files.keys()]);
  const sizes = new Map<string, number>();
  for (const [inner, content] of files)
    sizes.set(inner, content instanceof Uint8Array ? content.byteLength : (await stat(content.file)).size);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const sent = transferProgress('sending', total, options.progress);
  const send = async ([inner, content]: readonly [string, FolderFile]): Promise<void> => {
    options.signal?.throwIfAborted();
    const bytes = content instanceof Uint8Array;
    const sha = bytes ? createHash('sha256').update(content).digest('hex') : await sha256OfFile(content.file);
    if (!bytes && content.sha256 !== undefined && content.sha256 !== sha)
      throw changedSince(content.file, content.sha256, sha);
    await store.write(at(inner), bytes ? { bytes: content } : { file: content.file }, sent);
    done.set(inner, { path: inner, size: sizes.get(inner) ?? 0, sha256: sha });
  };
  const entries = [...files];
  await inParallel(entries.slice(0, -1), LANES, send);
  for (const last of entries.slice(-1)) await send(last);
  const came = transferProgress('reading back', total, options.progress);
  await inParallel([...done.values()], LANES, async (file) => {
    options.signal?.throwIfAborted();
    const readBack = async (): Promise<string> => digestOfRead(await store.read(at(file.path)), file.size, came);
    let back = await readBack();
    // The way back may have damaged it, so it is read once more. The way there may have, so it is also sent once more.
    if (back !== file.sha256) back = await readBack();
    if (back !== file.sha256) {
      await send([file.path, files.get(file.path) as FolderFile]);
      back = await readBack();
    }
    if (back !== file.sha256) {
      throw new MlctlError(
        'INTEGRITY_MISMATCH',
        `"${printable(file.path, 120)}" reads back from ${printable(store.uri)} with other bytes than were written`,
        {
          hint: 'check proxies and disks, because the store or something on the way to it changes files; then run the command again',
          details: { path: printable(file.path), expected: `sha256:${file.sha256}`, found: `sha256:${back}` },
        },
      );
    }
  });
  return entries.map(([inner]) => done.get(inner) as DigestedFile);
}
