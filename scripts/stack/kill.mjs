// Ends one part of what up.mjs started as a crash does, with all its children: node scripts/stack/kill.mjs --run DIR NAME
// (postgres, s3, proxied or direct). `up.mjs` on the same DIR brings it back on its data.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAlive, pidOf, wait } from './processes.mjs';

const at = process.argv.indexOf('--run');
const run = at > 0 && process.argv[at + 1] ? resolve(process.argv[at + 1]) : null;
const name = process.argv[at + 2];
const pid = run && name ? pidOf(run, name) : undefined;
if (pid === undefined) {
  console.error(run && name ? `${name} does not run there` : 'usage: node scripts/stack/kill.mjs --run DIR NAME');
  process.exit(2);
}

/** PostgreSQL's children are sessions of their own: a group does not hold them. */
function parents() {
  const found = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, parent] = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      found.set(Number(entry), Number(parent));
    } catch {
      // gone meanwhile
    }
  }
  return found;
}

const parentOf = parents();
const doomed = [pid];
for (const one of doomed) for (const [child, parent] of parentOf) if (parent === one) doomed.push(child);
for (const one of doomed) {
  try {
    process.kill(one, 'SIGKILL');
  } catch {
    // gone meanwhile
  }
}
while (isAlive(run, name)) await wait(20);
