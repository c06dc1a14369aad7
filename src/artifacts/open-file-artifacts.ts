// Turns a local folder into an artifact store.
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { HeldFolder } from '../files/held-folder.js';
import { removeBelow } from '../files/remove-below.js';
import { writeAtomically, writeFailed } from '../files/write-atomically.js';
import { printable } from '../text/printable.js';
import { safeJoin } from '../uri/safe-join.js';
import type { ArtifactEntry, ArtifactSource, ArtifactStore } from './store.js';

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** The store over `root`, which need not exist yet. Links that lead out of the root are refused. */
export function openFileArtifacts(root: string): ArtifactStore {
  const base = resolve(root);
  const place = (path: string): string => (path === '' ? base : safeJoin(base, path));

  /** Throws PATH_REFUSED if a link on the way leads out of the root. */
  async function inside(path: string): Promise<string> {
    const target = place(path);
    const [realBase, real] = await Promise.all([realpath(base), realpath(target)]);
    const back = relative(realBase, real);
    if (back === '..' || back.startsWith(`..${sep}`) || resolve(back) === back) {
      throw new MlctlError('PATH_REFUSED', `"${printable(path, 120)}" is a link that leads out of ${printable(base)}`);
    }
    return real;
  }

  /** The nearest existing folder above a place to write to must also be inside. */
  async function insideToWrite(path: string): Promise<string> {
    const target = place(path);
    await mkdir(base, { recursive: true });
    for (let above = dirname(path); above !== '.' && above !== ''; above = dirname(above)) {
      try {
        await inside(above);
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
        folder = await inside(path);
        const entries: ArtifactEntry[] = [];
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          const inner = path === '' ? entry.name : `${path}/${entry.name}`;
          if (entry.name.endsWith('.mlctl-tmp')) continue;
          if (entry.isDirectory()) entries.push({ path: inner, isDirectory: true, size: null });
          else {
            const facts = await stat(await inside(inner));
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
        const file = await inside(path);
        if (!(await stat(file)).isFile()) throw Object.assign(new Error('not a file'), { code: 'ENOENT' });
        // Opened here, so that a missing file is an error of the call and not of the first chunk.
        const handle = await open(file, 'r');
        return createReadStream('', {
          fd: handle,
          start: options?.offset ?? 0,
          highWaterMark: 1 << 20,
        }) as AsyncIterable<Uint8Array>;
      } catch (error) {
        if (!isMissing(error)) throw error;
        throw new MlctlError('ARTIFACT_NOT_FOUND', `there is no file "${printable(path, 200)}" in ${printable(base)}`, {
          cause: error,
        });
      }
    },

    async write(path, source: ArtifactSource, sent) {
      const target = await insideToWrite(path);
      await writeAtomically(
        target,
        'bytes' in source ? source.bytes : (createReadStream(source.file) as AsyncIterable<Uint8Array>),
        { mode: 0o644 },
      );
      sent?.('bytes' in source ? source.bytes.byteLength : (await stat(target)).size);
    },

    async remove(path) {
      const target = place(path);
      let parent: HeldFolder;
      if (target === base) throw new MlctlError('PATH_REFUSED', 'a whole artifact store is not removed');
      try {
        parent = HeldFolder.open(await inside(dirname(path) === '.' ? '' : dirname(path)));
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
