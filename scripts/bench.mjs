// `npm run bench [-- words…]`: the figures of the project, each a ratio taken in one run against a floor and a peer.
// Prints what was measured beside its target; exits 1 when a target is missed. Python peers need uv's environment (scripts/python-env.mjs).
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
const folder = join(root, 'bench', 'figures');
const python = () => {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'python-env.mjs'), 'mlflow'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : null;
};
const context = { root, bin: join(root, 'bin', 'mlctl.js'), node: process.execPath, python: python() };
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}${context.python ? '' : '; no Python: peers are left out'}`,
);

let missed = 0;
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.mjs') || (words.length > 0 && !words.some((word) => file.includes(word)))) continue;
  const { default: figure, title } = await import(pathToFileURL(join(folder, file)).href);
  console.log(`\n${title}`);
  for (const row of await figure(context)) {
    const verdict = row.met === undefined ? '' : row.met ? '  met' : '  MISSED';
    if (row.met === false) missed += 1;
    console.log(
      `  ${row.name.padEnd(52)} ${row.value.padStart(12)}${row.target ? `   target ${row.target}` : ''}${verdict}`,
    );
  }
}
process.exitCode = missed === 0 ? 0 : 1;
