// Turns a folder into the git repository that it is in: where its files, its HEAD and its objects are. Only files are read here.
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readSetting } from '../../settings/read-setting.js';
import type { World } from '../../world.js';

export interface Repository {
  /** The files as they are checked out. */
  readonly tree: string;
  /** Where HEAD and index are. */
  readonly folder: string;
  /** Where refs and objects are; not `folder` in a linked work tree. */
  readonly common: string;
}

/** Null outside of a repository. Throws if it is broken. */
export function findRepository({ cwd, env }: World, from: string): Repository | null {
  const named = readSetting(env, 'GIT_DIR');
  if (named !== undefined) {
    const folder = resolve(cwd, named);
    return { tree: resolve(cwd, readSetting(env, 'GIT_WORK_TREE') ?? '.'), folder, common: commonOf(folder) };
  }
  for (let tree = from; ; tree = dirname(tree)) {
    const at = join(tree, '.git');
    if (existsSync(at)) {
      // A submodule or a linked work tree has a file that names the folder.
      const named = lstatSync(at).isFile() ? /^gitdir: (.+)$/m.exec(readSmall(at))?.[1] : '.git';
      if (named === undefined) return null;
      const folder = resolve(tree, named);
      return { tree, folder, common: commonOf(folder) };
    }
    if (dirname(tree) === tree) return null;
  }
}

function commonOf(folder: string): string {
  const file = join(folder, 'commondir');
  return existsSync(file) ? resolve(folder, readSmall(file).trim()) : folder;
}

export const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

export function readSmall(file: string, most = 4096): string {
  if (!isFile(file) || statSync(file).size > most) throw new Error(`${file} is not a file, or too large`);
  return readFileSync(file, 'utf8');
}

const MOST_CONFIG = 1 << 20;

/** The repository's settings, as text; '' if there are none or too many. */
export function configOf({ common }: Repository): string {
  const file = join(common, 'config');
  return isFile(file) && statSync(file).size <= MOST_CONFIG ? readFileSync(file, 'utf8') : '';
}
