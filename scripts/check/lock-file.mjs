// The lock file must name every platform's optional package, else `npm ci` fails on other machines, and every version must be exact.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const faults = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!lock.packages[`node_modules/${name}`] && !lock.packages[`${place}/node_modules/${name}`])
      faults.push(`${place || 'the project'}: optional ${name} is not in the lock file`);
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
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
