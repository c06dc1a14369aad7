// The laws of the house, held over the source text: which room may import which, one door per package and per power,
// no cycles, no file that nothing reaches. ARCHITECTURE.md says the same in words. Each law carries its reason.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Entry points: what esbuild bundles, and what it puts in the place of a package's own loader. */
const ENTRIES = ['cli/main.ts', 'index.ts', 'inference/child.ts', 'tracking/sqlite/native-target.ts'];

/** Rooms a room may import at run time; types may be imported from any room below `operations`. */
const BASE = ['errors', 'world.ts', 'version.ts', 'uri'];
const ROOMS = {
  errors: [],
  'version.ts': [],
  'world.ts': ['errors'],
  'env.ts': ['errors', 'world.ts'],
  uri: ['errors'],
  files: [...BASE],
  data: [...BASE],
  schema: [...BASE, 'data'],
  estimators: [...BASE, 'data'],
  training: [...BASE, 'data', 'schema', 'estimators'],
  onnx: [...BASE, 'estimators', 'data', 'schema'],
  model: [...BASE, 'files', 'schema', 'data'],
  inference: [...BASE, 'env.ts', 'onnx', 'data', 'schema'],
  http: [...BASE],
  tracking: [...BASE, 'files', 'http', 'data'],
  artifacts: [...BASE, 'files', 'http', 'data'],
  checks: [...BASE, 'schema', 'data', 'model', 'inference', 'training', 'estimators', 'onnx', 'artifacts', 'files'],
  reports: ['errors', 'uri', 'data'],
  operations: [
    ...BASE,
    'env.ts',
    'files',
    'data',
    'schema',
    'estimators',
    'training',
    'onnx',
    'model',
    'inference',
    'http',
    'tracking',
    'artifacts',
    'checks',
    'reports',
    'serve',
  ],
  cli: [...BASE, 'env.ts', 'operations', 'reports', 'checks', 'schema'],
  'index.ts': '*',
};

/** Rooms that know neither files nor network nor the process: maths and text only. */
const PURE = new Set(['training', 'schema', 'estimators', 'onnx', 'reports', 'errors', 'data']);
const POWERS = /^node:(fs|fs\/promises|net|http|https|tls|dns|child_process|worker_threads|process|os)$/;

/** package -> where it may be imported, and why. */
const DOORS = {
  'onnxruntime-node': [/^inference\//, 'one place that can run a model'],
  libsql: [/^tracking\/sqlite\//, 'one place that opens a database'],
  'js-yaml': [/^model\//, 'one YAML reading of model packages'],
  yaml: [/^training\/recipe/, 'recipes need positions in errors'],
  zod: [/^training\/recipe/, 'validation with positions, off the fast road'],
  commander: [/^cli\//, "the command line is the CLI's"],
  chalk: [/^cli\/terminal\.ts$/, 'colour is decided once'],
  ora: [/^cli\/terminal\.ts$/, 'progress is decided once'],
  hyparquet: [/^data\//, 'one Parquet reading'],
  'hyparquet-compressors': [/^data\//, 'one Parquet reading'],
  '@aws-sdk/client-s3': [/^artifacts\/s3/, 'one place that speaks S3'],
  '@smithy/core': [/^artifacts\/s3/, "the SDK's own judgement of what to retry"],
};

/** Powers found by text: [pattern, where allowed, reason]. */
const TEXT_LAWS = [
  [/\bprocess\.env\b/, /^env\.ts$/, 'settings are read in one place'],
  [/\bconsole\./, /^$/, 'the library prints nothing; the CLI writes through its terminal'],
  [/\bprocess\.(stdout|stderr|stdin)\b/, /^(cli\/|inference\/child\.ts)/, 'streams belong to the CLI'],
  [/\bprocess\.exit\(/, /^(cli\/|inference\/child\.ts)/, 'a library never ends the process'],
  [/(?<![.\w])fetch\(/, /^$/, 'network goes through http/, which handles redirects and secrets by hand'],
  [/\beval\(|new Function\(/, /^$/, 'nothing is executed that was data'],
  [/\bMath\.random\(/, /^$/, 'randomness is seeded or from node:crypto'],
];

const files = readdirSync(join(root, 'src'), { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const roomOf = (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);
const faults = [];
const graph = new Map();
const withoutComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (m) => m.replace(/[^\n]/g, ' ')).replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');

for (const file of files) {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const code = withoutComments(text);
  const room = roomOf(file);
  if (!(room in ROOMS)) faults.push(`${file}: no room of this name in the laws`);
  if (/(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))
    faults.push(`${file}: a room or file named for nothing in particular`);
  if (!/^\/\/ |^\/\*\*|^#!/.test(text)) faults.push(`${file}: does not open with its one sentence`);
  const edges = [];
  graph.set(file, edges);
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const [statement, typeOnly, statically, dynamically, required] of code.matchAll(pattern)) {
    const target = statically ?? dynamically ?? required;
    const inner = statement.match(/\{([^}]*)\}/)?.[1];
    const onlyTypes =
      typeOnly !== undefined ||
      (inner !== undefined &&
        /^\s*(?:import|export)\s*\{/.test(statement.trim()) &&
        inner
          .split(',')
          .filter((p) => p.trim())
          .every((p) => /^\s*type\s/.test(p)));
    if (target.startsWith('.')) {
      const resolved = posix.normalize(posix.join(posix.dirname(file), target)).replace(/\.js$/, '.ts');
      if (resolved.endsWith('.json')) continue;
      if (!files.includes(resolved)) {
        faults.push(`${file}: imports ${target}, which is not there`);
        continue;
      }
      edges.push({ to: resolved, onlyTypes, lazy: dynamically !== undefined });
      const other = roomOf(resolved);
      if (other === room) continue;
      const allowed = ROOMS[room];
      if (allowed === '*') continue;
      if (onlyTypes && (other !== 'cli' || room === 'cli')) continue;
      if (!allowed?.includes(other)) faults.push(`${file}: ${room} may not import ${other} (${resolved})`);
    } else if (target.startsWith('node:')) {
      if (PURE.has(room) && POWERS.test(target) && !onlyTypes)
        faults.push(`${file}: ${room} knows neither files nor network nor the process (${target})`);
    } else {
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
      const door = DOORS[name];
      if (!door) faults.push(`${file}: package ${name} has no door in the laws`);
      else if (!door[0].test(file) && !onlyTypes)
        faults.push(`${file}: ${name} may be imported only in ${door[0]}: ${door[1]}`);
    }
  }
  for (const [power, where, reason] of TEXT_LAWS) {
    const at = code.search(power);
    if (at >= 0 && !where.test(file))
      faults.push(`${file}:${code.slice(0, at).split('\n').length}: ${power} is not allowed here: ${reason}`);
  }
}

// Cycles, of imports that run when a module loads.
const state = new Map();
function visit(file, path) {
  state.set(file, 'open');
  for (const { to, onlyTypes, lazy } of graph.get(file)) {
    if (onlyTypes || lazy) continue;
    if (state.get(to) === 'open') faults.push(`cycle: ${[...path.slice(path.indexOf(to)), file, to].join(' -> ')}`);
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

// Size: nine in ten files of at most 250 lines, none of 1,000.
const sizes = files
  .map((file) => readFileSync(join(root, 'src', file), 'utf8').split('\n').length)
  .sort((a, b) => a - b);
const ninth = sizes[Math.floor(sizes.length * 0.9)] ?? 0;
if (ninth > 250) faults.push(`one file in ten has more than 250 lines (the ninth decile is ${ninth})`);
if ((sizes.at(-1) ?? 0) >= 1000) faults.push(`the longest file has ${sizes.at(-1)} lines`);

for (const fault of faults) console.error(fault);
console.log(`${files.length} files, median ${sizes[Math.floor(sizes.length / 2)]} lines, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
