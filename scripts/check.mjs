// `npm run check`: types, lint and format, import laws, freshness of the generated docs and notices, completeness of
// the lock file, and the package as its users install it (which wants a fresh dist/).
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
  ['unused exports', [join('scripts', 'check', 'unused-exports.mjs')]],
  ['regular expressions', [join('scripts', 'check', 'regular-expressions.mjs')]],
  ['texts', [join('scripts', 'check', 'texts.mjs')]],
  ['messages', [join('scripts', 'check', 'messages.mjs')]],
  ['docs freshness', [join('scripts', 'docs.mjs'), '--check']],
  ['API reference', [join('scripts', 'api-docs.mjs'), '--check']],
  ['lock file', [join('scripts', 'check', 'lock-file.mjs')]],
  ['notices', [join('scripts', 'check', 'notices.mjs')]],
  ['package', [join('scripts', 'check', 'package.mjs')]],
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
