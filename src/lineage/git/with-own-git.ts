// Turns a question about a repository into git's answer, without starting any program that the repository names. git gets a folder
// of its own with empty settings and takes only the objects from the repository, because a repository's settings may name programs
// (filters, hooks, fsmonitor, external diffs, transports) that git would run.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratch, removeScratch } from '../../files/scratch-folder.js';
import { programEnvironment } from '../../settings/program-environment.js';
import type { World } from '../../world.js';
import { configOf, type Repository } from './repository.js';

/** git is asked briefly. If it is slow or missing, the run goes on without the answer. */
const GIT_TIMEOUT_MS = 2000;
const MOST_BYTES = 1 << 28;

interface OwnGit {
  /** What git prints; null if it is missing, too slow or says no. */
  ask(args: readonly string[], input?: string): Promise<Buffer | null>;
  /** The folder that git works in; it holds nothing but what git is given. */
  readonly folder: string;
}

/** `index`: take the repository's index along; git may rewrite the copy. `tree`: a folder in git's own that stands for the work tree. */
export async function withOwnGit<T>(
  world: World,
  repository: Repository,
  commit: string,
  { index, tree, timeoutMs = GIT_TIMEOUT_MS }: { index: boolean; tree?: string; timeoutMs?: number },
  work: (git: OwnGit) => Promise<T>,
): Promise<T> {
  const own = makeScratch();
  try {
    await mkdir(join(own, 'refs'));
    await writeFile(join(own, 'HEAD'), `${commit}\n`);
    await writeFile(join(own, 'config'), settingsFor(commit, configOf(repository)));
    if (index) await copyIndex(join(repository.folder, 'index'), join(own, 'index'));
    const env = {
      GIT_DIR: own,
      GIT_OBJECT_DIRECTORY: join(repository.common, 'objects'),
      GIT_INDEX_FILE: join(own, 'index'),
      GIT_WORK_TREE: tree === undefined ? repository.tree : join(own, tree),
    };
    return await work({ folder: own, ask: (args, input) => run(world, env, args, timeoutMs, input) });
  } finally {
    removeScratch(own);
  }
}

/** With its time, which tells git what may have been changed in the same moment and must be read. */
async function copyIndex(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await copyFile(from, to);
  const { mtimeMs } = await stat(from);
  await utimes(to, new Date(), new Date(Math.floor(mtimeMs)));
}

/** Settings of the repository that say how files are stored on this disk; copied only if the value is a plain word. */
function settingsFor(commit: string, config: string): string {
  const core = [
    ...config.matchAll(/^[ \t]*(filemode|symlinks|ignorecase|autocrlf)[ \t]*=[ \t]*(true|false|input)[ \t\r]*$/gim),
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

function run(
  world: World,
  repository: Readonly<Record<string, string>>,
  args: readonly string[],
  timeout: number,
  input: string | undefined,
): Promise<Buffer | null> {
  return new Promise((done) => {
    const child = execFile(
      'git',
      args,
      {
        // Not the work tree: a system that looks for programs in the current folder would find one there.
        cwd: repository.GIT_DIR,
        timeout,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_BYTES,
        encoding: 'buffer',
        windowsHide: true,
        env: { ...programEnvironment(world.env), ...repository, ...NOTHING_ELSE },
      },
      (error, stdout) => done(error ? null : stdout),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
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
