// What the stack is made of, found or fetched into .cache/: an S3 server built by Go, PostgreSQL of this machine, MLflow by uv.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptTurn, inTurn } from '../turn.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(root, '.cache', 'stack');
/** The S3 server whose rules are AWS's own where others are lenient; docker-compose.yml names the same version. */
const VERSITYGW = 'v1.8.0';

/** Path of the S3 server; built once (some 100 seconds of CPU). Throws where there is no Go. */
export function s3Server() {
  const binary = join(cache, 'bin', `versitygw-${VERSITYGW}`);
  if (existsSync(binary)) return binary;
  return inTurn(join(cache, 'versitygw'), 900_000, () => {
    if (existsSync(binary)) return binary;
    if (spawnSync('go', ['version']).status !== 0) throw new Error('there is no go to build the S3 server with');
    mkdirSync(dirname(binary), { recursive: true });
    const fresh = mkdtempSync(join(cache, 'go-'));
    try {
      const built = spawnSync(
        'go',
        ['install', '-trimpath', '-ldflags=-s -w', `github.com/versity/versitygw/cmd/versitygw@${VERSITYGW}`],
        { encoding: 'utf8', env: { ...process.env, GOBIN: fresh, GOFLAGS: '-buildvcs=false' } },
      );
      if (built.status !== 0) throw new Error(`go install versitygw: ${built.stderr.trim().split('\n').at(-1)}`);
      renameSync(join(fresh, 'versitygw'), binary);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    return binary;
  });
}

/** Folder of PostgreSQL's programs; installed by apt where that is possible. */
export function postgresPrograms() {
  const find = () => {
    const versions = existsSync('/usr/lib/postgresql')
      ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
      : [];
    for (const version of versions) {
      const folder = `/usr/lib/postgresql/${version}/bin`;
      if (existsSync(join(folder, 'initdb'))) return folder;
    }
    const which = spawnSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' });
    return which.status === 0 ? dirname(which.stdout.trim()) : null;
  };
  const found = find();
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error('there is no PostgreSQL server here');
  return inTurn(aptTurn, 600_000, () => {
    const other = find();
    if (other) return other;
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'];
    const done = [['update', '-qq'], install].map((args) => spawnSync('apt-get', args, { encoding: 'utf8', env }));
    const made = find();
    if (made) return made;
    throw new Error(`apt-get install postgresql: ${(done[1]?.stderr ?? '').trim().split('\n').at(-1)}`);
  });
}

/** Interpreter of an environment with MLflow, psycopg2 and boto3. */
export function stackPython() {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'python-env.mjs'), 'stack'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr.trim().split('\n').at(-1));
  return done.stdout.trim();
}
