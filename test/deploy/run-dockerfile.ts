// Carries out a Dockerfile's steps in plain folders, one for each stage: no engine, the same commands.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface Step {
  readonly word: string;
  readonly rest: string;
}

export function parseDockerfile(file: string): Step[] {
  const text = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, ' ');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return { word, rest };
    });
}

export interface Image {
  readonly root: string;
  readonly user: string;
  readonly workdir: string;
  readonly base: string;
}

/** The image's own places; everything else a RUN names is this machine's. */
const PLACES = /(?<![\w./-])\/(opt\/mlctl|usr\/local\/bin|work)(?![\w-])/g;

/** Builds all stages below `folder`; answers the last. Throws with the output of a step that failed. */
export function runDockerfile(steps: readonly Step[], context: string, folder: string): Image {
  const stages: (Image & { readonly name: string })[] = [];
  let stage = { root: '', user: 'root', workdir: '/', base: '', name: '' };
  for (const { word, rest } of steps) {
    const below = (path: string) => join(stage.root, path.startsWith('/') ? path : join(stage.workdir, path));
    if (word === 'FROM') {
      const [, base = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stage = { root: join(folder, String(stages.length)), user: 'root', workdir: '/', base, name };
      stages.push(stage);
      mkdirSync(join(stage.root, 'usr', 'local', 'bin'), { recursive: true });
    } else if (word === 'WORKDIR') {
      stage.workdir = rest;
      mkdirSync(below(rest), { recursive: true });
    } else if (word === 'USER') stage.user = rest;
    else if (word === 'COPY') {
      const [, from, names = ''] = /^(?:--from=(\S+) )?(?:--chown=\S+ )?(.*)$/.exec(rest) ?? [];
      const paths = names.split(/\s+/);
      const to = paths.pop() ?? '';
      const source = from === undefined ? context : (stages.find(({ name }) => name === from)?.root ?? '');
      for (const path of paths) {
        const target = to.endsWith('/') ? join(below(to), basename(path)) : below(to);
        mkdirSync(dirname(target), { recursive: true });
        cpSync(join(source, path), target, { recursive: true, verbatimSymlinks: true });
      }
    } else if (word === 'RUN') {
      // The image's user `node` need not exist here.
      const command = rest.replace(PLACES, (path) => join(stage.root, path)).replace(' -o node -g node', '');
      const env = Object.fromEntries(
        Object.entries(process.env).filter(
          ([name]) => !/^(npm_(?!config_)|npm_config_local_prefix|INIT_CWD)/.test(name),
        ),
      );
      const ran = spawnSync('sh', ['-c', command], { cwd: below('.'), env, encoding: 'utf8', timeout: 900_000 });
      if (ran.status !== 0) throw new Error(`RUN ${rest}\n${ran.stdout}\n${ran.stderr}`);
    } else if (!['ENV', 'CMD', 'LABEL'].includes(word))
      throw new Error(`the Dockerfile has ${word}, which is not known here`);
  }
  return stage;
}
