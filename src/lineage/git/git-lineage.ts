// Turns a folder into the state of its source in git, and says why what is not known is not known. No program that the repository
// names is started (with-own-git.ts).
import { existsSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sha256 } from '../../files/digest-folder.js';
import type { World } from '../../world.js';
import type { GitLineage } from '../types.js';
import { readHead } from './read-head.js';
import { remoteOf } from './remote-of.js';
import { configOf, findRepository, isFile, type Repository, readSmall } from './repository.js';
import { withOwnGit } from './with-own-git.js';

export const NO_GIT: GitLineage = {
  commit: null,
  branch: null,
  remote: null,
  dirty: null,
  diff_digest: null,
  folder: null,
  shallow: false,
  unknown: {},
};

/** Of the work tree that holds the folder; null outside of a repository. */
export function repositoryRoot(world: World, folder: string): string | null {
  try {
    return findRepository(world, folder)?.tree ?? null;
  } catch {
    return null;
  }
}

/** Never throws: a broken repository must not stop a training run. */
export async function gitLineage(world: World, folder: string): Promise<GitLineage> {
  try {
    const repository = findRepository(world, folder);
    if (repository === null) return { ...NO_GIT, unknown: { commit: 'the folder is not in a git repository' } };
    return await stateOf(world, repository, folder);
  } catch {
    return { ...NO_GIT, unknown: { commit: 'the git repository cannot be read' } };
  }
}

async function stateOf(world: World, repository: Repository, folder: string): Promise<GitLineage> {
  const { commit, branch, isDetached } = readHead(repository);
  const unknown: Record<string, string> = {};
  if (branch === null) unknown.branch = isDetached ? 'HEAD is detached' : 'HEAD cannot be read';
  const config = configOf(repository);
  const remote = remoteOf(config, branch);
  if ('why' in remote) unknown.remote = remote.why;
  const below = relative(repository.tree, folder);
  const known = {
    commit,
    branch,
    remote: 'remote' in remote ? remote.remote : null,
    folder: below === '..' || below.startsWith(`..${sep}`) ? null : below.split(sep).join('/'),
    shallow: existsSync(join(repository.common, 'shallow')),
  };
  if (commit === null) {
    const why = branch === null ? 'HEAD cannot be read' : 'the branch has no commit, or its refs have another format';
    return { ...known, dirty: null, diff_digest: null, unknown: { ...unknown, commit: why, dirty: why } };
  }
  if (isFile(join(repository.tree, '.gitmodules'))) unknown.submodules = 'changes in submodules are not looked at';
  const changes = await changesOf(world, repository, commit);
  return { ...known, ...changes, unknown: { ...unknown, ...changes.unknown } };
}

type Changes = Pick<GitLineage, 'dirty' | 'diff_digest' | 'unknown'>;

const untold = (why: string): Changes => ({ dirty: null, diff_digest: null, unknown: { dirty: why } });

const DIFF = [
  'diff',
  '--binary',
  '--full-index',
  '--no-renames',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
  'HEAD',
];
const STATUS = ['status', '--porcelain', '--no-renames', '--untracked-files=no', '--ignore-submodules=all'];

async function changesOf(world: World, repository: Repository, commit: string): Promise<Changes> {
  // Objects in another folder (alternates) and a split index are not followed.
  if (existsSync(join(repository.common, 'objects', 'info', 'alternates')))
    return untold('the repository takes its objects from another one');
  return withOwnGit(world, repository, commit, { index: true }, async ({ ask }) => {
    const diff = await ask(DIFF);
    // A part of a clone may lack what the diff needs; whether there are changes is known all the same.
    const changed = diff === null ? await ask(STATUS) : diff;
    if (changed === null) return untold('git is missing, too slow or cannot read the repository');
    if (changed.length === 0) return { dirty: false, diff_digest: null, unknown: {} };
    // git compared the bytes on disk. It is not known what the repository's filters would have made of them.
    if (usesFilters(repository)) return untold('the repository filters its files, and mlctl does not run its filters');
    return diff === null
      ? { dirty: true, diff_digest: null, unknown: { diff_digest: 'git cannot make the diff' } }
      : { dirty: true, diff_digest: `sha256:${sha256(diff)}`, unknown: {} };
  });
}

function usesFilters({ tree, common }: Repository): boolean {
  return [join(tree, '.gitattributes'), join(common, 'info', 'attributes')].some(
    (file) => isFile(file) && (statSync(file).size > 1 << 20 || /\bfilter\b/.test(readSmall(file, 1 << 20))),
  );
}
