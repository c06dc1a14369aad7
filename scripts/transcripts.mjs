// `npm run transcripts [-- words…]`: runs every transcript of the README and the guides and writes what was really printed.
// `--check` writes nothing and fails where a page shows something else. Numbers that differ from run to run (ids, times, sizes of
// a store) do not count, and a block that differs only in those is left as it is.
//
// In a page:
//   ```console [exit=N]          `$ command` lines, each with what it printed; the block ends with exit code N (0 if not given)
//   ```yaml file=NAME            any language: the text is written to that file first, as the reader would do
//   <!-- setup … -->             a shell script that readers do not see
//   <!-- needs: python MODULE -->  the page is run only where `scripts/python-env.mjs` can make that environment
// The blocks of one page run in order, in one empty folder, with no settings.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What a page shows instead of the folder that it ran in. */
const SHOWN_FOLDER = '/home/you/demo';
const BLOCK = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$|^<!-- setup\n([\s\S]*?)^-->$/gm;

/** The same text for every run. */
export function masked(text) {
  return text
    .replace(/\b[0-9a-f]{32}\b/g, 'ID')
    .replace(/\b\d{8}-\d{6}\b/g, 'TIME')
    .replace(/\b(?:sha256:)?[0-9a-f]{64}\b/g, 'DIGEST')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{8}\b/g, 'ID')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/g, 'TIME')
    .replace(/(?:just now|\b(?:\d+|an?) (?:second|minute)s? ago)/g, 'AGO')
    .replace(/(?:< ?)?\d+(?:\.\d+)? (?:ms|s)\b/g, 'DURATION')
    .replace(/(\d)e-(1[4-9]|[2-9]\d)\b/g, '$1e-TINY')
    .replace(/[\d,]+ rows\/s/g, 'RATE')
    .replace(/[ \t]+/g, ' ');
}

function environment(folder, python) {
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  symlinkSync(join(root, 'bin', 'mlctl.js'), join(bin, 'mlctl'));
  const path = [
    bin,
    ...(python ? [dirname(python)] : []),
    dirname(process.execPath),
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
  ];
  return {
    PATH: path.join(delimiter),
    HOME: join(folder, '.home'),
    USER: 'you',
    LOGNAME: 'you',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    COLUMNS: '80',
    NO_COLOR: '1',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_RECORD_ENV_VARS_IN_MODEL_LOGGING: 'false',
  };
}

/** Runs `script` and gives what a terminal would show; stdout and stderr in the order in which they came. */
function shell(script, cwd, env) {
  const done = spawnSync('bash', ['-c', `exec 2>&1; ${script}`], { cwd, env, encoding: 'utf8', timeout: 300_000 });
  if (done.error) throw done.error;
  const shown = done.stdout
    .replaceAll(cwd, SHOWN_FOLDER)
    .replace(/[ \t]+$/gm, '')
    .trimEnd();
  return { status: done.status, shown };
}

/** `$ command` lines; a line that ends with a backslash goes on. */
function commandsOf(body) {
  const commands = [];
  let open = false;
  for (const line of body.split('\n')) {
    if (line.startsWith('$ ')) commands.push(line.slice(2));
    else if (open) commands[commands.length - 1] += `\n${line}`;
    open = (line.startsWith('$ ') || open) && line.endsWith('\\');
  }
  return commands;
}

/** The page with what its commands print now. */
export function rewritePage(text, python) {
  const folder = mkdtempSync(join(tmpdir(), 'mlctl-page-'));
  const work = join(folder, 'demo');
  mkdirSync(work);
  chmodSync(folder, 0o700);
  try {
    const env = environment(folder, python);
    const faults = [];
    const rewritten = text.replace(BLOCK, (block, language, info, body, setup) => {
      if (setup !== undefined) {
        const { status, shown } = shell(setup, work, env);
        if (status !== 0) faults.push(`setup ended with ${status}: ${shown}`);
        return block;
      }
      const file = /\bfile=(\S+)/.exec(info)?.[1];
      if (file !== undefined) writeFileSync(join(work, file), body);
      if (language !== 'console') return block;
      const expected = Number(/\bexit=(\d+)/.exec(info)?.[1] ?? 0);
      const lines = [];
      for (const command of commandsOf(body)) {
        const { status, shown } = shell(command, work, env);
        lines.push(`$ ${command}`, ...(shown === '' ? [] : [shown]));
        if (status !== expected) faults.push(`${command}: exit ${status}, expected ${expected}\n${shown}`);
      }
      const now = `${lines.join('\n')}\n`;
      return masked(now) === masked(body) ? block : `\`\`\`console${info}\n${now}\`\`\``;
    });
    return { rewritten, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pages with transcripts: the README and the guides. */
export const pages = () => [
  'README.md',
  ...readdirSync(join(root, 'docs', 'guides'))
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => join('docs', 'guides', file)),
];

/** The interpreter that a page needs; null if it needs none, undefined if it cannot be had. */
function pythonOf(text) {
  const need = /^<!-- needs: python (\w+) -->$/m.exec(text)?.[1];
  if (need === undefined) return null;
  const made = spawnSync(process.execPath, [join(root, 'scripts', 'python-env.mjs'), need], { encoding: 'utf8' });
  return made.status === 0 ? made.stdout.trim() : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  let wrong = 0;
  for (const page of pages()) {
    if (words.length > 0 && !words.some((word) => page.includes(word))) continue;
    const text = readFileSync(join(root, page), 'utf8');
    const python = pythonOf(text);
    if (python === undefined) {
      console.log(`${page}: left out, because its Python environment cannot be made here`);
      continue;
    }
    const { rewritten, faults } = rewritePage(text, python);
    for (const fault of faults) console.error(`${page}: ${fault}`);
    const differs = rewritten !== text;
    if (faults.length > 0 || (check && differs)) wrong += 1;
    if (differs && !check) writeFileSync(join(root, page), rewritten);
    console.log(
      `${page}: ${differs ? (check ? 'shows something else: run npm run transcripts' : 'written') : 'as it is'}`,
    );
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}
