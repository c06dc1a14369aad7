// Tests the tests: changes one place of the compiled sources at a time and looks whether a test fails.
// `npm run mutate -- uri files` takes folders of src/; `--seed=1` chooses the sample, `--most=60` its size for each folder, `--at=TEXT`
// only mutants whose `file:line` begins so, `--tests=TEXT` only test files whose path holds it (several with commas): quick, and the
// share killed is then at least what it says. `--limit=30` is the time of a test file in seconds. build/ must be fresh; the working
// tree is not touched.
// A mutant meets the test files that import its file over at most three steps or belong to its room, and run its place: quick ones
// first, until one fails. A test that takes too long has noticed it. Tests that fail or take too long without any mutant are left
// out, and named. What each test runs is kept in .cache/mutate; remove it if it was measured on a busy machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverTest, filesBelow, reach, runs } from './mutate/cover-tests.mjs';
import { findMutants } from './mutate/find-mutants.mjs';
import { runTest } from './mutate/run-test.mjs';
import { openWorkshop } from './mutate/workshop.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const option = (name, otherwise) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const [seed, most, at, only] = [
  Number(option('seed', 1)),
  Number(option('most', 60)),
  option('at', ''),
  option('tests', ''),
];
/** Servers, containers and kills are too slow to run for each mutant, and tests of growth measure time. */
const LEFT_OUT = /^test\/(?:faults|interop|deploy|tutorial)\/|-growth\.test\.js$/;
const LIMIT_MS = Number(option('limit', 30)) * 1000;
/** So many imports a test of another room may be away from the source. Further ones only pass through it. */
const NEAR = 3;
/** The sum of the times of the tests that a mutant meets. */
const BUDGET_MS = 20_000;

/** mulberry32. */
function randomOf(state) {
  let now = state;
  return () => {
    now = (now + 0x6d2b79f5) | 0;
    let t = Math.imul(now ^ (now >>> 15), 1 | now);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sample(all, random) {
  const pool = [...all];
  for (let i = pool.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, most).sort((a, b) => (a.source === b.source ? a.start - b.start : a.source < b.source ? -1 : 1));
}

const roomOf = (file) => file.split(sep)[1];

/** The tests that run the mutant's place, best first, as many as the budget allows. */
function testsFor(mutant, tests, killers) {
  const cost = ({ file, ms, program }) =>
    ms * (program ? 4 : 1) * (roomOf(file) === roomOf(mutant.file) ? 0.2 : 1) * (killers.has(file) ? 0.2 : 1);
  const able = tests
    .filter((test) => test.near.has(mutant.file) && runs(test, mutant))
    .sort((a, b) => cost(a) - cost(b));
  let spent = 0;
  return able.filter(({ ms }, i) => {
    spent += ms;
    return i === 0 || spent <= BUDGET_MS;
  });
}

async function killerOf(workshop, mutant, tests) {
  const place = join(workshop.folder, 'build', mutant.file);
  const text = readFileSync(place, 'utf8');
  writeFileSync(place, text.slice(0, mutant.start) + mutant.now + text.slice(mutant.end));
  try {
    for (const { file, ms } of tests) {
      const { verdict } = await runTest(workshop.folder, file, { limitMs: 4 * ms + 5000 });
      if (verdict !== 'passed') return file;
    }
    return null;
  } finally {
    writeFileSync(place, text);
  }
}

setPriority(5);
if (folders.length === 0) throw new Error('name folders of src/, such as: npm run mutate -- uri files');
const workshop = openWorkshop(root);
process.on('exit', workshop.close);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const build = join(workshop.folder, 'build');
const sources = filesBelow(join(build, 'src'), '.js').map((name) => join('src', name));
const inFolder = (folder) => (file) =>
  file.startsWith(join('src', folder, '/')) || file === join('src', `${folder}.js`);
const wanted = sources.filter((file) => folders.some((folder) => inFolder(folder)(file)));

const config = join(workshop.folder, 'mutate.json');
writeFileSync(
  config,
  JSON.stringify({
    compilerOptions: { allowJs: true, noResolve: true, noLib: true, types: [], noEmit: true, target: 'ES2022' },
    files: wanted.map((file) => join(build, file)),
  }),
);
const mutants = findMutants(build, config, wanted);
const chosen = new Map(
  folders.map((folder) => {
    const all = mutants.filter(
      ({ file, source, line }) =>
        inFolder(folder)(file) && at.split(',').some((start) => `${source}:${line}`.startsWith(start)),
    );
    return [folder, sample(all, randomOf(seed))];
  }),
);

const aims = new Set(wanted.map((file) => join(build, file)));
const tests = [];
for (const name of filesBelow(join(build, 'test'), '.test.js')) {
  const file = join('test', name);
  if (LEFT_OUT.test(file) || !only.split(',').some((text) => file.includes(text))) continue;
  const near = [...reach(join(build, file))].filter(
    ([one, away]) => aims.has(one) && (away <= NEAR || roomOf(file) === roomOf(relative(build, one))),
  );
  if (near.length === 0) continue;
  const test = await coverTest(workshop, join(root, '.cache', 'mutate'), file, { limitMs: LIMIT_MS });
  if (test.verdict === 'passed') tests.push({ ...test, near: new Set(near.map(([one]) => relative(build, one))) });
  else console.log(`left out: ${file} (${test.verdict} without a mutant)`);
}

const short = (text) => text.replace(/\s+/g, ' ').slice(0, 90);
const rows = [];
for (const [folder, ones] of chosen) {
  const killers = new Map();
  let killed = 0;
  const started = Date.now();
  for (const mutant of ones) {
    if (!killers.has(mutant.file)) killers.set(mutant.file, new Set());
    const able = testsFor(mutant, tests, killers.get(mutant.file));
    const killer = await killerOf(workshop, mutant, able);
    if (killer !== null) {
      killed += 1;
      killers.get(mutant.file).add(killer);
    } else {
      const met = able.length === 0 ? 'no test runs it' : `${able.length} test files pass`;
      console.log(
        `survived: ${mutant.source}:${mutant.line} ${mutant.kind}: ${short(mutant.was)} -> ${short(mutant.now)} (${met})`,
      );
    }
  }
  const of = mutants.filter(({ file }) => inFolder(folder)(file)).length;
  rows.push({ folder, killed, met: ones.length });
  const share = ((100 * killed) / ones.length).toFixed(1);
  console.log(
    `${folder}: ${killed} of ${ones.length} killed (${share} %), of ${of} mutants, ${Math.round((Date.now() - started) / 1000)} s`,
  );
}
const killed = rows.reduce((sum, row) => sum + row.killed, 0);
const met = rows.reduce((sum, row) => sum + row.met, 0);
console.log(`all: ${killed} of ${met} killed (${((100 * killed) / met).toFixed(1)} %), seed ${seed}`);
