// Ends what up.mjs started: node scripts/stack/down.mjs --run DIR [--purge]. Only what DIR remembers by pid and start time.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stop } from './processes.mjs';

const at = process.argv.indexOf('--run');
const run = at > 0 && process.argv[at + 1] ? resolve(process.argv[at + 1]) : null;
if (!run) {
  console.error('usage: node scripts/stack/down.mjs --run DIR [--purge]');
  process.exit(2);
}
const pids = existsSync(join(run, 'pids')) ? readdirSync(join(run, 'pids')) : [];
await Promise.all(
  pids.filter((name) => name !== 'postgres' && name !== 's3').map((name) => stop(run, name, 'SIGTERM', 10)),
);
await stop(run, 's3', 'SIGTERM', 5);
// SIGINT is PostgreSQL's fast shutdown; its children are its own to end.
await stop(run, 'postgres', 'SIGINT', 15, false);
if (process.argv.includes('--purge')) {
  const place = join(run, 'postgres.path');
  const home = existsSync(place) ? readFileSync(place, 'utf8') : '';
  if (home.startsWith('/tmp/mlctl-stack-pg-') || home.startsWith(run)) rmSync(home, { recursive: true, force: true });
  rmSync(run, { recursive: true, force: true });
}
