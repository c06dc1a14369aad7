// Who logs what from where, as MLflow's tags: user, source, and the git commit with whether the tree was changed since.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userName } from '../session/user-name.js';
import { ONNXRUNTIME_VERSION, VERSION } from '../version.js';
import type { World } from '../world.js';

/** git is asked once, briefly; a slow or absent git costs the tag, not the run. */
const GIT_TIMEOUT_MS = 2000;

function hasRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** What git needs to find itself, its settings and the repository: no password of ours is among it. */
function gitEnvironment(env: World['env']): Record<string, string | undefined> {
  const needed = Object.entries(env).filter(
    ([name]) =>
      /^(?:PATH|HOME|XDG_CONFIG_HOME|USERPROFILE|SYSTEMROOT|TMPDIR|TEMP)$/i.test(name) ||
      /^GIT_(?:DIR|WORK_TREE|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|CEILING_DIRECTORIES)$/.test(name),
  );
  return { ...Object.fromEntries(needed), LANG: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}

/** Commit of the tree around `cwd` and whether tracked files differ from it; null outside a repository. */
export async function gitState(world: World): Promise<{ commit: string; dirty: boolean } | null> {
  if (!hasRepository(world.cwd)) return null;
  const output = await new Promise<string | null>((done) => {
    execFile(
      'git',
      // A repository's own settings could start programs: the one that status would start is switched off.
      [
        '-c',
        'core.fsmonitor=false',
        '-c',
        'core.hooksPath=/dev/null',
        'status',
        '--porcelain=v2',
        '--branch',
        '--untracked-files=no',
        '--ignore-submodules',
      ],
      {
        cwd: world.cwd,
        timeout: GIT_TIMEOUT_MS,
        maxBuffer: 1 << 24,
        windowsHide: true,
        env: gitEnvironment(world.env) as NodeJS.ProcessEnv,
      },
      (error, stdout) => done(error ? null : stdout),
    );
  });
  const commit = output === null ? undefined : /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(output)?.[1];
  return commit === undefined || output === null ? null : { commit, dirty: /^[12u] /m.test(output) };
}

/** Tags of a new run; `sourceName` is the recipe or file that was logged. */
export async function sourceTags(world: World, sourceName: string): Promise<Map<string, string>> {
  const tags = new Map([
    ['mlflow.user', userName(world)],
    ['mlflow.source.name', sourceName],
    ['mlflow.source.type', 'LOCAL'],
    ['mlctl.version', VERSION],
    ['mlctl.node_version', process.versions.node],
    ['mlctl.onnxruntime_version', ONNXRUNTIME_VERSION],
  ]);
  const git = await gitState(world);
  if (git) tags.set('mlflow.source.git.commit', git.commit).set('mlctl.git_dirty', String(git.dirty));
  return tags;
}
