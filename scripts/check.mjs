// `npm run check`: types, lint and format, import laws, freshness of the generated docs and notices, completeness of
// the lock file, and the package as its users install it (which wants a fresh dist/).
// Each step runs even when an earlier one failed, so that one run shows everything; as many at a time as there are processors.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const steps = [
  ['types', [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']],
  [
    'lint and format',
    [join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '--colors=off', '.'],
  ],
  ['import laws', [join('scripts', 'check', 'import-laws.mjs')]],
  ['unused exports', [join('scripts', 'check', 'unused-exports.mjs')]],
  ['regular expressions', [join('scripts', 'check', 'regular-expressions.mjs')]],
  ['texts', [join('scripts', 'check', 'texts.mjs')]],
  ['messages', [join('scripts', 'check', 'messages.mjs')]],
  ['docs freshness', [join('scripts', 'docs.mjs'), '--check']],
  ['API reference', [join('scripts', 'api-docs.mjs'), '--check']],
  ['lock file', [join('scripts', 'check', 'lock-file.mjs')]],
  ['notices', [join('scripts', 'check', 'notices.mjs')]],
];
/** Changes package.json for as long as it packs, so it runs alone. */
const last = ['package', [join('scripts', 'check', 'package.mjs')]];
let failed = 0;

/** Says how the step ended, with all that it wrote if it failed. */
function run([name, args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
      if (code !== 0) {
        failed += 1;
        console.log(said.trimEnd());
      }
      resolve();
    });
  });
}

const waiting = steps.values();
const lane = async () => {
  for (const step of waiting) await run(step);
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
await run(last);
process.exitCode = failed === 0 ? 0 : 1;
