// The lock file must name every platform's optional package, else `npm ci` fails on other machines; every version must be exact;
// and no package whose install script package.json refuses may be marked as having one: npm 10 knows only the mark, and the
// script of onnxruntime-node fetches libraries for graphics cards. `--write` takes away the marks that `npm install` puts there.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const write = process.argv.includes('--write');
const faults = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!lock.packages[`node_modules/${name}`] && !lock.packages[`${place}/node_modules/${name}`])
      faults.push(`${place || 'the project'}: optional ${name} is not in the lock file`);
  }
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (entry.hasInstallScript && place !== '' && manifest.allowScripts[name] === false) {
    if (write) delete entry.hasInstallScript;
    else faults.push(`${place}: marked as having an install script: node scripts/check/lock-file.mjs --write`);
  }
  if (place !== '' && !entry.link && !entry.integrity) faults.push(`${place}: no integrity`);
}
for (const group of ['dependencies', 'devDependencies']) {
  for (const [name, version] of Object.entries(manifest[group] ?? {})) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${group}.${name}: ${version} is not an exact version`);
    if (lock.packages[''][group]?.[name] !== version)
      faults.push(`${group}.${name}: the lock file says ${lock.packages[''][group]?.[name]}`);
  }
}
if (write) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
