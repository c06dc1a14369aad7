// Turns a commit into whether the repository of a folder has it, or why that cannot be told.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../world.js';
import { findRepository } from './repository.js';
import { withOwnGit } from './with-own-git.js';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

interface CommitFinding {
  readonly there: boolean | null;
  /** Why it cannot be told; null if it can. */
  readonly why: string | null;
}

const untold = (why: string): CommitFinding => ({ there: null, why });

/** Never throws: a repository that cannot be read is one of the answers. */
export async function hasCommit(world: World, folder: string, commit: string): Promise<CommitFinding> {
  if (!COMMIT.test(commit)) return untold('what is recorded is not the name of a commit');
  try {
    const repository = findRepository(world, folder);
    if (repository === null) return untold('this folder is not in a git repository');
    const there = await withOwnGit(world, repository, commit, { index: false }, async ({ ask }) =>
      (await ask(['--version'])) === null ? null : (await ask(['cat-file', '-e', `${commit}^{commit}`])) !== null,
    );
    if (there === null) return untold('git is missing or too slow');
    if (!there && existsSync(join(repository.common, 'objects', 'info', 'alternates')))
      return untold('the repository of this folder takes its objects from another one, which is not looked at');
    return { there, why: null };
  } catch {
    return untold('the git repository of this folder cannot be read');
  }
}
