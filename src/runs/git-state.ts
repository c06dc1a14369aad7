// Turns a folder into the commit it is at and whether its files were changed since, without starting any program that the
// repository names. HEAD and refs are read here. For the comparison, git gets a folder of its own with empty settings and takes
// only objects and index from the repository, because a repository's settings may name programs (filters, hooks, fsmonitor,
// external diffs, transports) that git would run.
import { execFile } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeScratch, removeScratch } from '../files/scratch-folder.js';
import { programEnvironment } from '../settings/program-environment.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';

interface GitState {
  /** 40 or 64 hex digits. */
  readonly commit: string;
  /** Null if that cannot be told without running a program that the repository names. */
  readonly dirty: boolean | null;
}

/** git is asked once and briefly. If it is slow or missing, the run goes on without the answer. */
const GIT_TIMEOUT_MS = 2000;
const MAX_REFS_BYTES = 32 * 1024 * 1024;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

interface Repository {
  /** The files as they are checked out. */
  readonly tree: string;
  /** Where HEAD and index are. */
  readonly folder: string;
  /** Where refs and objects are; not `folder` in a linked work tree. */
  readonly common: string;
}

/** Null outside of a repository, and if HEAD cannot be read. */
export async function gitState(world: World): Promise<GitState | null> {
  try {
    const repository = findRepository(world);
    const commit = repository && readRef(repository, 'HEAD');
    if (!repository || !commit) return null;
    return { commit, dirty: await isDirty(world, repository, commit) };
  } catch {
    // A broken repository must not stop a training run.
    return null;
  }
}

function findRepository({ cwd, env }: World): Repository | null {
  const named = readSetting(env, 'GIT_DIR');
  if (named !== undefined) {
    const folder = resolve(cwd, named);
    return { tree: resolve(cwd, readSetting(env, 'GIT_WORK_TREE') ?? '.'), folder, common: commonOf(folder) };
  }
  for (let tree = cwd; ; tree = dirname(tree)) {
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

/** The commit that a ref leads to; null if there is none (a branch without a commit, refs in another format). */
function readRef(repository: Repository, start: string): string | null {
  let name = start;
  for (let steps = 0; steps < 5; steps++) {
    if (name !== 'HEAD' && (!/^refs\/[\w./@+-]+$/.test(name) || name.split('/').includes('..'))) return null;
    const loose = [repository.folder, repository.common].map((folder) => join(folder, name)).find(isFile);
    const text = loose ? readSmall(loose).trim() : packedRef(repository, name);
    if (text === null) return null;
    if (COMMIT.test(text)) return text;
    const next = /^ref: (\S+)$/.exec(text)?.[1];
    if (next === undefined) return null;
    name = next;
  }
  return null;
}

function packedRef({ common }: Repository, name: string): string | null {
  const file = join(common, 'packed-refs');
  if (!isFile(file) || statSync(file).size > MAX_REFS_BYTES) return null;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.endsWith(` ${name}`));
  return line?.slice(0, line.indexOf(' ')) ?? null;
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

function readSmall(file: string): string {
  if (!isFile(file) || statSync(file).size > 4096) throw new Error(`${file} is not a file, or too large`);
  return readFileSync(file, 'utf8');
}

async function isDirty(world: World, repository: Repository, commit: string): Promise<boolean | null> {
  const { tree, folder, common } = repository;
  // Objects in another folder (alternates) and a split index are not followed.
  if (existsSync(join(common, 'objects', 'info', 'alternates'))) return null;
  const own = makeScratch();
  try {
    await mkdir(join(own, 'refs'));
    await writeFile(join(own, 'HEAD'), `${commit}\n`);
    await writeFile(join(own, 'config'), settingsFor(commit, join(common, 'config')));
    const changed = await askGit(world, {
      GIT_DIR: own,
      GIT_OBJECT_DIRECTORY: join(common, 'objects'),
      GIT_INDEX_FILE: join(folder, 'index'),
      GIT_WORK_TREE: tree,
    });
    if (changed === null) return null;
    // git compared the bytes on disk. It is not known what the repository's filters would have made of them.
    return changed && usesFilters(tree, common) ? null : changed;
  } finally {
    removeScratch(own);
  }
}

/** Settings of the repository that say how files are stored on this disk; copied only if the value is a plain word. */
function settingsFor(commit: string, config: string): string {
  const text = isFile(config) && statSync(config).size < 1 << 20 ? readFileSync(config, 'utf8') : '';
  const core = [
    ...text.matchAll(/^[ \t]*(filemode|symlinks|ignorecase|autocrlf)[ \t]*=[ \t]*(true|false|input)[ \t\r]*$/gim),
  ];
  const sha256 = commit.length === 64;
  return [
    '[core]',
    `repositoryformatversion = ${sha256 ? 1 : 0}`,
    ...core.map(([, name, value]) => `${name} = ${value}`),
    ...(sha256 ? ['[extensions]', 'objectformat = sha256'] : []),
    '',
  ].join('\n');
}

function usesFilters(tree: string, common: string): boolean {
  return [join(tree, '.gitattributes'), join(common, 'info', 'attributes')].some(
    (file) => isFile(file) && (statSync(file).size > 1 << 20 || /\bfilter\b/.test(readFileSync(file, 'utf8'))),
  );
}

/** Whether a tracked file differs from the commit; null if git is missing, too slow or cannot tell. */
function askGit(world: World, repository: Readonly<Record<string, string>>): Promise<boolean | null> {
  const args = ['status', '--porcelain', '--no-renames', '--untracked-files=no', '--ignore-submodules=all'];
  return new Promise((done) => {
    execFile(
      'git',
      args,
      {
        // Not the work tree: a system that looks for programs in the current folder would find one there.
        cwd: repository.GIT_DIR,
        timeout: GIT_TIMEOUT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: 1 << 24,
        windowsHide: true,
        env: { ...programEnvironment(world.env), ...repository, ...NOTHING_ELSE },
      },
      (error, stdout) => done(error ? null : stdout.trim() !== ''),
    );
  });
}

/** No settings of the user or the machine, no locks, no prompts, no fetching of missing objects. */
const NOTHING_ELSE = {
  LANG: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ALLOW_PROTOCOL: '',
};
