// `npm run check`: types, lint and format, import laws, freshness of the generated docs, completeness of the lock file.
// Each step runs even when an earlier one failed, so that one run shows everything.
import { spawnSync } from 'node:child_process';
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
  ['regular expressions', [join('scripts', 'check', 'regular-expressions.mjs')]],
  ['texts', [join('scripts', 'check', 'texts.mjs')]],
  ['docs freshness', [join('scripts', 'docs.mjs'), '--check']],
  ['lock file', [join('scripts', 'check', 'lock-file.mjs')]],
];
let failed = 0;
for (const [name, args] of steps) {
  const done = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const ok = done.status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (!ok) {
    failed += 1;
    console.log(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? done.error.message : ''}`.trimEnd());
  }
}
process.exitCode = failed === 0 ? 0 : 1;
