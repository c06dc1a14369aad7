// Exports of src/ that no other file uses, neither in src/ nor in tests, scripts and benchmarks: what only its own file uses is
// not exported, and what nobody uses is deleted. Names are followed through imports, so two things of one name do not hide each other.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const src = join(root, 'src');
/** The doors of library and program, and a file that stands in for a package, whose names are the package's. */
const DOORS = new Set(['index.ts', 'cli/main.ts', 'tracking/sqlite/native-target.ts']);

const sources = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true })
        .map((file) => join(root, folder, String(file)))
        .filter((file) => /\.(?:ts|mjs)$/.test(file) && !file.includes('node_modules'))
    : [];

/** File → names that another file takes from it; `*` for all. */
const taken = new Map();
function take(from, target, names) {
  const file = target.startsWith('.') ? resolve(dirname(from), target).replace(/\.js$/, '.ts') : null;
  if (file === null || !file.startsWith(src)) return;
  const known = taken.get(file) ?? new Set();
  for (const name of names) known.add(name);
  taken.set(file, known);
}
const namesOf = (list) =>
  list
    .split(',')
    .map((one) => one.trim().replace(/^type\s+/, ''))
    .filter(Boolean)
    .map((one) => one.split(/\s+as\s+|:/)[0].trim());

for (const file of ['src', 'test', 'scripts', 'bench'].flatMap(sources)) {
  const text = readFileSync(file, 'utf8');
  for (const [, list, target] of text.matchAll(
    /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g,
  ))
    take(file, target, namesOf(list));
  for (const [, target] of text.matchAll(/import\s+(?:type\s+)?\*\s+as\s+\w+\s+from\s*['"]([^'"]+)['"]/g))
    take(file, target, ['*']);
  const lazy = /(?:\{([^{}]*)\}\s*=\s*await\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)(?:\)?\.(\w+))?/g;
  for (const [, list, target, member] of text.matchAll(lazy))
    take(file, target, list ? namesOf(list) : member && member !== 'then' ? [member] : ['*']);
  // Scripts that bundle sources name them from the root: `['./src/cli/table.ts', 'COMMANDS, GROUPS']`.
  for (const [, target, list] of text.matchAll(/\[\s*['"]\.\/(src\/[^'"]+\.ts)['"],\s*['"]([^'"]+)['"]\s*\]/g))
    take(join(root, 'x'), `./${target}`, namesOf(list));
  // Programs that tests hand to another process name a source below src/.
  for (const [, target] of text.matchAll(/\b(?:from|moduleOf)\(\s*['"]([\w/-]+)\.[jt]s['"]/g))
    take(join(src, 'x'), `./${target}.ts`, ['*']);
}

const faults = [];
for (const file of sources('src')) {
  const name = relative(src, file).replaceAll('\\', '/');
  if (DOORS.has(name)) continue;
  const known = taken.get(file) ?? new Set();
  if (known.has('*')) continue;
  const exported = /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm;
  for (const [, one] of readFileSync(file, 'utf8').matchAll(exported))
    if (!known.has(one)) faults.push(`${name}: ${one} is used by no other file: take "export" away, or delete it`);
}
for (const fault of faults) console.error(fault);
console.log(`${faults.length} exports that nobody uses`);
process.exitCode = faults.length === 0 ? 0 : 1;
