// The laws of texts: every command and flag that a text names exists, every link of a page leads somewhere, and every section
// that is cited is there. Texts are the sources with their hints and comments, the pages of docs/, the tutorial and the README.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTables } from '../tables.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Flags of other programs, with whose they are. */
const FOREIGN_FLAGS = new Map(
  Object.entries({
    '--no-serve-artifacts': 'mlflow server',
    '--serve-artifacts': 'mlflow server',
    '--artifacts-presigned-only': 'mlflow server',
    '--backend-store-uri': 'mlflow server',
    '--env-manager': 'mlflow models serve',
    '--with': 'uvx',
    '--env-file': 'docker',
    '--source': 'mlflow migrate-filestore',
    '--experiment-id': 'mlflow experiments',
    '--write': 'biome',
    '--no-audit': 'npm',
    '--no-fund': 'npm',
    '--omit': 'npm',
    '--global': 'npm',
    '--expose-gc': 'node',
    '--max-old-space-size': 'node',
    '--porcelain': 'git',
    '--binary': 'git',
    '--full-index': 'git',
    '--no-ext-diff': 'git',
    '--no-textconv': 'git',
    '--stdin': 'git',
    '--branch': 'git',
    '--untracked-files': 'git',
    '--no-renames': 'git',
    '--ignore-submodules': 'git',
    '--wait': 'docker compose',
    '--detach': 'docker compose',
    '--env': 'docker compose',
    '--profile': 'docker compose',
    '--from-file': 'kubectl',
    '--check': 'scripts of this project',
    '--no-build': 'scripts of this project',
    '--seed': 'scripts of this project',
    '--most': 'scripts of this project',
  }),
);
/** Placeholders in sentences about flags. */
const PLACEHOLDERS = new Set(['--flag', '--no', '--this']);

/** What follows "mlctl" in prose: verbs of the third person and small words. No command may be named so. */
const PROSE =
  /^(?:[a-z]+s|it|itself|in|and|or|does|do|did|is|has|had|was|can|cannot|could|may|must|would|will|never|not|on|from|to|wrote|made|gave|took|package|decided|built|just|already|read|alone|first|refused|trained|logged|knows|keeps|of|by|as|at|with|for|that|which|whether|only|also|then|compared|ended|could|creates|recorded)$/;

const PLACES = [
  'src',
  'docs',
  'tutorial',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'ci',
  'action.yml',
];
const TEXT = /\.(?:ts|md|yml|yaml)$/;

const files = PLACES.flatMap((place) =>
  statSync(join(root, place)).isFile()
    ? [place]
    : readdirSync(join(root, place), { recursive: true })
        .map((file) => join(place, String(file)))
        .filter((file) => TEXT.test(file)),
).sort();
const tables = await readTables();
const faults = [];

const flagsIn = (text) => [...text.matchAll(/(?<![\w-])--?[a-zA-Z][\w-]*/g)].map(([flag]) => flag);
const commands = new Map();
const common = new Set(['--version', '--help', ...tables.COMMON_OPTIONS.flatMap(({ flags }) => flagsIn(flags))]);
for (const { name, load } of tables.COMMANDS) {
  const { options } = await load();
  commands.set(name, new Set(options.flatMap(({ flags, aliases = '' }) => flagsIn(`${flags} ${aliases}`))));
}
commands.set('help', new Set());
const anyFlag = new Set([...common, ...[...commands.values()].flatMap((flags) => [...flags])]);

/** GitHub's name for a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
const headings = new Map();
function headingsOf(page) {
  if (!headings.has(page))
    headings.set(
      page,
      [...readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading),
    );
  return headings.get(page);
}

const anchors = new Map();
/** Of its headings, and those that a generator wrote into its tables. */
function anchorsOf(page) {
  if (!anchors.has(page)) {
    const written = [...readFileSync(join(root, page), 'utf8').matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id);
    anchors.set(page, new Set([...headingsOf(page).map(anchorOf), ...written]));
  }
  return anchors.get(page);
}
const sections = new Set(
  headingsOf(join('docs', 'contract.md')).flatMap((heading) => /^(\d+(?:\.\d+)?)/.exec(heading)?.[1] ?? []),
);

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  text.split('\n').forEach((line, i) => {
    const at = `${file}:${i + 1}`;
    for (const [, word] of line.matchAll(/\bmlctl ([a-z][a-z-]*)/g))
      if (!commands.has(word) && !PROSE.test(word)) faults.push(`${at}: there is no command "mlctl ${word}"`);
    // A whole command line: its flags are those of the command. It ends where the code, the sentence or the pipe ends.
    for (const [, word, rest] of line.matchAll(/\bmlctl ([a-z][a-z-]*)((?: [^`'|#;&]*)?)/g))
      if (commands.has(word))
        for (const [flag] of rest.matchAll(/(?<![\w-])--[a-z][a-z-]*/g))
          if (!commands.get(word).has(flag) && !common.has(flag) && !FOREIGN_FLAGS.has(flag))
            faults.push(`${at}: "mlctl ${word}" has no option ${flag}`);
    for (const [flag] of line.matchAll(/(?<![\w$-])--[a-z][a-z-]+(?![\w\]])/g))
      if (!anyFlag.has(flag) && !FOREIGN_FLAGS.has(flag) && !PLACEHOLDERS.has(flag) && !/^\s*\|?[\s|-]+$/.test(line))
        faults.push(`${at}: no command has the option ${flag}`);
    for (const [cited, section] of line.matchAll(/(?:[Cc]ontract )?§\s*(\d+(?:\.\d+)?)/g))
      if (!sections.has(section)) faults.push(`${at}: docs/contract.md has no section ${section} (${cited})`);
    for (const [cited] of line.matchAll(
      /\b(?:mlflow-wire|security-and-faults|signature-(?:semantics|tables|surprises)|facts\/[\w-]+)\b|\((?:P|F)\d+\)/g,
    ))
      faults.push(`${at}: cites ${cited}, which is not in this repository`);
    if (file.endsWith('.md'))
      for (const [, target] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [page, anchor] = target.split('#');
        const path = page === '' ? file : normalize(join(dirname(file), page));
        if (!existsSync(join(root, path))) faults.push(`${at}: ${target} is not there`);
        else if (anchor !== undefined && !anchorsOf(path).has(anchor))
          faults.push(`${at}: ${path} has no heading for #${anchor}`);
      }
  });
}

for (const fault of faults) console.error(fault);
console.log(`${files.length} texts, ${commands.size} commands, ${anyFlag.size} flags, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
