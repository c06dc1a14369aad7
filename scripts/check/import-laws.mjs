// The import laws, checked on the source text. Each room (a folder of src/) says in its own `imports.list` what it may
// import and why; here is what holds for all of them: no import, of a value or of a type, that is not on the list; no
// permission that nobody uses; no room that stands above and below another; no circles; no file that nothing reaches.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRooms } from './rooms.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Entry points: what esbuild bundles, what it puts in the place of a package's own loader, and what only docs/ is made of.
 */
const ENTRIES = [
  'cli/main.ts',
  'index.ts',
  'inference/child.ts',
  'training/linear-model/loss-helper.ts',
  'estimators/tree/tree-helper.ts',
  'data/write/rows-helper.ts',
  'tracking/sqlite/native-target.ts',
  'recipe/reference/recipe-json-schema.ts',
];

/** Node's modules that reach outside of the process's own memory: a room names those it uses. */
const POWERS = /^node:(fs|fs\/promises|net|http|https|tls|dns|dns\/promises|child_process|worker_threads|process|os)$/;

/** Powers found by text: [pattern, where allowed, reason]. */
const TEXT_LAWS = [
  [/\bprocess\.env\b/, /^env\.ts$/, 'the environment of the process is read in one place'],
  [
    /(?<!\/)\benv(?:\?\.)?(?:\[|\.[A-Za-z])|\} = (?:[\w.]+\.)?env\b/,
    /^(?:env|settings\/read-setting)\.ts$/,
    'a setting is read by readSetting, from a row of settings/settings.ts',
  ],
  [/mlflow/i, /^(?!http\/)/, 'http knows no MLflow: its callers bring headers and advice'],
  [/\bconsole\./, /^$/, 'the library prints nothing; the CLI writes through its terminal'],
  [/\bprocess\.(stdout|stderr|stdin)\b/, /^(cli\/|inference\/child\.ts)/, 'streams belong to the CLI'],
  [/\bprocess\.exit\(/, /^(cli\/|inference\/child\.ts)/, 'a library never ends the process'],
  [/(?<![.\w])fetch\(/, /^$/, 'network goes through http/, which handles redirects and secrets by hand'],
  [/\beval\(|new Function\(/, /^$/, 'nothing is executed that was data'],
  [/\bMath\.random\(/, /^$/, 'randomness is seeded or from node:crypto'],
  [/\bperformance\.now\(/, /^$/, 'monotonicMs is the clock: node loads ten modules for performance'],
];

/** Folders whose files are named by what they are of: a kind of estimator, a verb, a check, a document. */
const NAMED_BY_KIND =
  /^(?:estimators\/[a-z-]+|onnx\/(?:convert|answers)|recipe\/steps|training\/[a-z-]+|cli\/commands|cli\/render|checks\/(?:smoke|doctor|audit)|operations|reports|documents|schema\/mlflow\/(?:python|numpy|pandas))\//;
/** Files named by their types, or by the table they hold. */
const NAMED_OTHERWISE = new Set([
  'checks/smoke-check.ts',
  'cli/help/exit-codes.ts',
  'data/parquet/byte-source.ts',
  'errors/error.ts',
  'estimators/fitted.ts',
  'inference/child-messages.ts',
  'packaging/log-package.ts',
  'packaging/package-to-log.ts',
  'recipe/default-recipe.ts',
  'recipe/recipe-types.ts',
  'rows/names-of-others.ts',
  'schema/mlflow/enforce-param.ts',
  'session/list-options.ts',
  'tracking/sqlite/native-target.ts',
  'uri/model-name.ts',
]);
/** `openHttp` → `openhttp`, `open-http` → `openhttp`. */
const letters = (name) => name.toLowerCase().replace(/[-_]/g, '');

const MOST_FILES = 25;
const MOST_EXPORTS = 4;
/** Files whose exports are one table or one vocabulary; this list may only shrink. */
const MANY_EXPORTS = new Set(
  readFileSync(join(root, 'scripts', 'check', 'many-exports.list'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#')),
);

const files = readdirSync(join(root, 'src'), { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const rooms = readRooms(root);
const faults = [...rooms.faults];
const used = new Set();
const graph = new Map();
const roomOf = (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);
const withoutComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (m) => m.replace(/[^\n]/g, ' ')).replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');

/** Asks the file's own section of its room's list first, then the room's. */
function allowed(file, target) {
  const room = rooms.byName.get(roomOf(file));
  for (const section of [room?.sections.get(file), room?.all])
    for (const permission of section ?? [])
      if (permission.target === target || (permission.target === '*' && !target.includes(':'))) {
        used.add(permission);
        return true;
      }
  return false;
}

for (const file of files) {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const code = withoutComments(text);
  const room = roomOf(file);
  if (!rooms.byName.has(room)) faults.push(`${file}: the room ${room} has no imports.list`);
  if (/(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))
    faults.push(`${file}: a room or file named for nothing in particular`);
  if (!/^\/\/ |^\/\*\*|^#!/.test(text)) faults.push(`${file}: does not open with its one sentence`);
  const exported = new Set(
    [...code.matchAll(/^export (?:declare )?(?:async )?(?:const|function\*?|class) (\w+)/gm)].map((m) => m[1]),
  );
  const base = file.slice(file.lastIndexOf('/') + 1, -'.ts'.length);
  const [only] = exported;
  if (
    exported.size === 1 &&
    file.includes('/') &&
    letters(only) !== letters(base) &&
    !NAMED_BY_KIND.test(file) &&
    !NAMED_OTHERWISE.has(file)
  )
    faults.push(`${file}: its one export is ${only}: name the file like it`);
  if (exported.size > MOST_EXPORTS && !MANY_EXPORTS.has(file))
    faults.push(`${file}: exports ${exported.size} values, more than ${MOST_EXPORTS}: ${[...exported].join(', ')}`);
  if (exported.size <= MOST_EXPORTS && MANY_EXPORTS.has(file))
    faults.push(`${file}: exports ${exported.size} values: take it off scripts/check/many-exports.list`);
  const edges = [];
  graph.set(file, edges);
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(import|typeof import)\(\s*['"]([^'"]+)['"]\s*\)|\b(?:require|getBuiltinModule)\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const [, word, , statically, lazily, dynamically, required] of code.matchAll(pattern)) {
    const target = statically ?? dynamically ?? required;
    if (word === 'export' && file !== 'index.ts')
      faults.push(`${file}: hands on ${target}: whoever needs it imports it where it is`);
    if (target.startsWith('.')) {
      const resolved = posix.normalize(posix.join(posix.dirname(file), target)).replace(/\.js$/, '.ts');
      if (resolved.endsWith('.json')) continue;
      if (!files.includes(resolved)) {
        faults.push(`${file}: imports ${target}, which is not there`);
        continue;
      }
      edges.push({ to: resolved, lazy: lazily === 'import' });
      const other = roomOf(resolved);
      if (other !== room && !allowed(file, other))
        faults.push(`${file}: ${other} (${resolved}) is not in src/${rooms.listOf(room)}`);
    } else if (target.startsWith('node:')) {
      if (POWERS.test(target) && !allowed(file, target))
        faults.push(`${file}: the power ${target} is not in src/${rooms.listOf(room)}`);
    } else {
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
      if (!allowed(file, `npm:${name}`))
        faults.push(`${file}: the package npm:${name} is not in src/${rooms.listOf(room)}`);
    }
  }
  for (const [power, where, reason] of TEXT_LAWS) {
    const at = code.search(power);
    if (at >= 0 && !where.test(file))
      faults.push(`${file}:${code.slice(0, at).split('\n').length}: ${power} is not allowed here: ${reason}`);
  }
}

for (const { name, all, sections } of rooms.byName.values())
  for (const [section, permissions] of [[name, all], ...sections])
    for (const permission of permissions)
      if (!used.has(permission))
        faults.push(`src/${rooms.listOf(name)}: nobody in ${section} imports ${permission.target}`);

// Circles, of types and values; a file that is loaded only when it is needed may lead back.
const state = new Map();
function visit(file, path) {
  state.set(file, 'open');
  for (const { to, lazy } of graph.get(file)) {
    if (lazy) continue;
    if (state.get(to) === 'open') faults.push(`circle: ${[...path.slice(path.indexOf(to)), file, to].join(' -> ')}`);
    else if (!state.has(to)) visit(to, [...path, file]);
  }
  state.set(file, 'done');
}
for (const file of files) if (!state.has(file)) visit(file, []);

// Files that nothing reaches.
const reached = new Set();
const queue = ENTRIES.filter((entry) => files.includes(entry));
while (queue.length > 0) {
  const file = queue.pop();
  if (reached.has(file)) continue;
  reached.add(file);
  for (const { to } of graph.get(file)) queue.push(to);
}
for (const file of files) if (!reached.has(file)) faults.push(`${file}: nothing reaches it`);

// Size: folders one can take in at a glance, nine in ten files of at most 250 lines, none of 1,000.
const folders = new Map();
for (const file of files) folders.set(posix.dirname(file), (folders.get(posix.dirname(file)) ?? 0) + 1);
for (const [folder, count] of folders)
  if (count > MOST_FILES) faults.push(`src/${folder}: ${count} files, more than ${MOST_FILES}`);
const sizes = files
  .map((file) => readFileSync(join(root, 'src', file), 'utf8').split('\n').length)
  .sort((a, b) => a - b);
const ninth = sizes[Math.floor(sizes.length * 0.9)] ?? 0;
if (ninth > 250) faults.push(`one file in ten has more than 250 lines (the ninth decile is ${ninth})`);
if ((sizes.at(-1) ?? 0) >= 1000) faults.push(`the longest file has ${sizes.at(-1)} lines`);

for (const fault of faults) console.error(fault);
console.log(`${files.length} files, median ${sizes[Math.floor(sizes.length / 2)]} lines, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
