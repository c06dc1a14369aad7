// Turns test files into what each of them runs: its time, and the ranges of the compiled sources with how often they ran.
// Kept in .cache/mutate as long as the test and all that it imports stay the same.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTest } from './run-test.mjs';

export const filesBelow = (folder, end) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(end))
    .sort();

const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(existsSync(file) ? readFileSync(file) : '').update('\0');
  return hash.digest('hex').slice(0, 32);
};

const importsOf = new Map();
function importsIn(file) {
  if (!importsOf.has(file)) {
    const found = existsSync(file) ? readFileSync(file, 'utf8').matchAll(/(?:from|import\(|import) ?'(\.[^']+)'/g) : [];
    importsOf.set(
      file,
      [...found].map(([, name]) => join(dirname(file), name)),
    );
  }
  return importsOf.get(file);
}

/** The files that a test imports, each with the number of imports of sources on the shortest way there. */
export function reach(test) {
  const known = new Map([[test, 0]]);
  // A set goes on to what is added while it is walked: first all that is one import away, then two.
  let now = new Set([test]);
  for (let steps = 0; now.size > 0; steps++) {
    const next = new Set();
    for (const file of now) {
      for (const inner of importsIn(file)) {
        if (known.has(inner)) continue;
        const isSupport = !inner.includes(`${sep}src${sep}`);
        known.set(inner, isSupport ? steps : steps + 1);
        (isSupport ? now : next).add(inner);
      }
    }
    now = next;
  }
  return known;
}

/** `{ file: [[[start, end, count], …], …] }`, a list of ranges for each process that told what it ran. */
function readCover(folder, build) {
  const files = {};
  for (const name of readdirSync(folder)) {
    for (const { url, functions } of JSON.parse(readFileSync(join(folder, name), 'utf8')).result) {
      const file = url.startsWith('file:') ? relative(build, fileURLToPath(url)) : '';
      if (!file.startsWith('src')) continue;
      files[file] ??= [];
      files[file].push(
        functions.flatMap(({ ranges }) => ranges.map((range) => [range.startOffset, range.endOffset, range.count])),
      );
    }
  }
  return files;
}

/** Whether one of the processes ran the place: the innermost range around it decides. */
export function runs({ cover }, { file, run: [start, end] }) {
  return (cover[file] ?? []).some((ranges) => {
    const around = ranges.filter((range) => range[0] <= start && range[1] >= end);
    const inner = around.reduce((a, b) => (b[1] - b[0] <= a[1] - a[0] ? b : a), [0, Number.POSITIVE_INFINITY, 0]);
    return inner[2] > 0;
  });
}

/** @returns `program`: it starts the program. */
export async function coverTest(workshop, cache, file, { limitMs }) {
  const build = join(workshop.folder, 'build');
  const imported = [...reach(join(build, file)).keys()];
  const program = imported.some((name) => name.endsWith(join('support', 'cli.js')));
  const started = program ? reach(join(build, 'src', 'cli', 'main.js')).keys() : [];
  const kept = join(cache, `${digestOf([...new Set([...imported, ...started])].sort())}.json`);
  if (!existsSync(kept)) {
    mkdirSync(workshop.cover);
    const env = { NODE_V8_COVERAGE: workshop.cover };
    const { verdict, ms } = await runTest(workshop.folder, file, { limitMs, env });
    const cover = verdict === 'passed' ? readCover(workshop.cover, build) : {};
    rmSync(workshop.cover, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    writeFileSync(kept, JSON.stringify({ file, ms, verdict, program, cover }));
  }
  return JSON.parse(readFileSync(kept, 'utf8'));
}
