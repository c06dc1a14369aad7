// Turns a local folder into an artifact store.
import { closeSync, createReadStream, mkdirSync, openSync, read, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { MlctlError } from '../errors/error.js';
import { HeldFolder } from '../files/held-folder.js';
import { removeBelow } from '../files/remove-below.js';
import { writeAtomically, writeFailed } from '../files/write-atomically.js';
import { printable } from '../text/printable.js';
import { safeJoin } from '../uri/safe-join.js';
import type { ArtifactEntry, ArtifactSource, ArtifactStore } from './store.js';

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const CHUNK_BYTES = 1 << 20;
const bytesOf = promisify(read);

/** Closes the file at its end. */
async function* chunksOf(file: number, size: number, offset: number): AsyncGenerator<Uint8Array> {
  try {
    for (let at = offset; ; ) {
      // One byte more, so that the end is seen with the last bytes.
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(0, size - at) + 1));
      const { bytesRead } = await bytesOf(file, chunk, 0, chunk.byteLength, at);
      if (bytesRead > 0) yield chunk.subarray(0, bytesRead);
      if (bytesRead < chunk.byteLength) return;
      at += bytesRead;
    }
  } finally {
    closeSync(file);
  }
}

/** The store over `root`, which need not exist yet. Links that lead out of the root are refused. */
export function openFileArtifacts(root: string): ArtifactStore {
  const base = resolve(root);
  const place = (path: string): string => (path === '' ? base : safeJoin(base, path));

  /** Throws PATH_REFUSED if a link on the way leads out of the root. */
  function inside(path: string): string {
    const target = place(path);
    const [realBase, real] = [realpathSync.native(base), realpathSync.native(target)];
    const back = relative(realBase, real);
    if (back === '..' || back.startsWith(`..${sep}`) || resolve(back) === back) {
      throw new MlctlError('PATH_REFUSED', `"${printable(path, 120)}" is a link that leads out of ${printable(base)}`);
    }
    return real;
  }

  /** The nearest existing folder above a place to write to must also be inside. */
  function insideToWrite(path: string): string {
    const target = place(path);
    mkdirSync(base, { recursive: true });
    for (let above = dirname(path); above !== '.' && above !== ''; above = dirname(above)) {
      try {
        inside(above);
        break;
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return target;
  }

  return {
    scheme: 'file',
    uri: base,
    localRoot: base,

    async list(path) {
      let folder: string;
      try {
        folder = inside(path);
        const entries: ArtifactEntry[] = [];
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          const inner = path === '' ? entry.name : `${path}/${entry.name}`;
          if (entry.name.endsWith('.mlctl-tmp')) continue;
          if (entry.isDirectory()) entries.push({ path: inner, isDirectory: true, size: null });
          else {
            const facts = statSync(inside(inner));
            entries.push({
              path: inner,
              isDirectory: facts.isDirectory(),
              size: facts.isDirectory() ? null : facts.size,
            });
          }
        }
        return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },

    async read(path, options) {
      try {
        const file = inside(path);
        const facts = statSync(file);
        // To open a pipe would wait for its writer.
        if (!facts.isFile()) throw Object.assign(new Error('not a file'), { code: 'ENOENT' });
        // Opened here, so that a missing file is an error of the call and not of the first chunk.
        return chunksOf(openSync(file, 'r'), facts.size, options?.offset ?? 0);
      } catch (error) {
        if (!isMissing(error)) throw error;
        throw new MlctlError('ARTIFACT_NOT_FOUND', `there is no file "${printable(path, 200)}" in ${printable(base)}`, {
          cause: error,
        });
      }
    },

    async write(path, source: ArtifactSource, sent) {
      const target = insideToWrite(path);
      await writeAtomically(
        target,
        'bytes' in source ? source.bytes : (createReadStream(source.file) as AsyncIterable<Uint8Array>),
        { mode: 0o644 },
      );
      sent?.('bytes' in source ? source.bytes.byteLength : statSync(target).size);
    },

    async remove(path) {
      const target = place(path);
      let parent: HeldFolder;
      if (target === base) throw new MlctlError('PATH_REFUSED', 'a whole artifact store is not removed');
      try {
        parent = HeldFolder.open(inside(dirname(path) === '.' ? '' : dirname(path)));
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      try {
        removeBelow(parent, basename(target));
      } catch (error) {
        throw writeFailed(target, error);
      } finally {
        parent.close();
      }
    },
  };
}
