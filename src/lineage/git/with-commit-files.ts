// Turns a commit and paths into these files as the commit has them, in a scratch folder that is removed afterwards.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MlctlError } from '../../errors/error.js';
import type { World } from '../../world.js';
import { findRepository } from './repository.js';
import { withOwnGit } from './with-own-git.js';

interface CommitFiles {
  /** 40 or 64 hex digits. */
  readonly commit: string;
  /** Folders whose repository may have it; the first one that has it is taken. */
  readonly folders: readonly string[];
  /** From the root of the repository. */
  readonly paths: readonly string[];
}

/** Reading a large index takes longer than asking whether files were changed. */
const TIMEOUT_MS = 60_000;

/** Neither hooks nor filters run, and the repository gets no work tree of its own: git lays the files out under settings of its own. */
export async function withCommitFiles<T>(
  world: World,
  { commit, folders, paths }: CommitFiles,
  work: (checkout: { readonly tree: string; readonly paths: readonly string[] }) => Promise<T>,
): Promise<T> {
  for (const folder of folders) {
    const repository = existsSync(folder) ? findRepository(world, folder) : null;
    if (repository === null) continue;
    const done = await withOwnGit(
      world,
      repository,
      commit,
      { index: false, tree: 'tree', timeoutMs: TIMEOUT_MS },
      async (git) => {
        const tree = join(git.folder, 'tree');
        await mkdir(tree);
        if ((await git.ask(['cat-file', '-e', `${commit}^{commit}`])) === null) return null;
        if ((await git.ask(['read-tree', commit])) === null) return null;
        const there = await git.ask(['ls-files', '-z', '--', ...paths.map((path) => `:(literal)${path}`)]);
        const found = (there ?? '')
          .toString()
          .split('\0')
          .filter((path) => paths.includes(path));
        if (
          found.length > 0 &&
          (await git.ask(['checkout-index', '-f', '-z', '--stdin'], `${found.join('\0')}\0`)) === null
        )
          return null;
        return { value: await work({ tree, paths: found }) };
      },
    );
    if (done !== null) return done.value;
  }
  throw new MlctlError('FILE_NOT_FOUND', `no repository here has commit ${commit}`, {
    hint: `run it in a clone of the repository that has the commit: git fetch origin ${commit}`,
    details: { commit },
  });
}
