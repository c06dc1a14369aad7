// A team's stack on this machine without containers: PostgreSQL, an S3 server, and an MLflow server for each artifact mode.
//   node scripts/stack/up.mjs --run DIR [--modes proxied,direct] [--install-only]
// DIR keeps data, logs and pids; started again on the same DIR what is alive is left alone and what died comes back on its data.
// stdout: one JSON object {env, servers: {proxied: URL, direct: URL}, python}; stderr: progress. `down.mjs --run DIR` ends it.
import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { postgresPrograms, s3Server, stackPython } from './install.mjs';
import { answers, freePort, isAlive, listens, start, until } from './processes.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const say = (text) => console.error(`[stack] ${text}`);
const KEY = 'minioadmin';
const BUCKET = 'mlflow';

const postgres = postgresPrograms();
const s3 = s3Server();
const python = stackPython();
if (process.argv.includes('--install-only')) process.exit(0);
const run = option('run') && resolve(option('run'));
if (!run) {
  console.error('usage: node scripts/stack/up.mjs --run DIR [--modes proxied,direct]');
  process.exit(2);
}
mkdirSync(run, { recursive: true });
const modes = option('modes', 'proxied')
  .split(',')
  .filter((mode) => mode !== '');

/** Ports are chosen once and kept, so that a restart comes back where it was. */
const portsFile = join(run, 'ports.json');
const ports = existsSync(portsFile) ? JSON.parse(readFileSync(portsFile, 'utf8')) : {};
for (const name of ['postgres', 's3', ...modes]) ports[name] ??= await freePort();
writeFileSync(portsFile, JSON.stringify(ports));

function must(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (done.status !== 0) throw new Error(`${command} ${args[0]}: ${(done.stderr || String(done.error)).trim()}`);
  return done.stdout;
}

async function startPostgres() {
  // PostgreSQL refuses to run as root; its user must reach the folder, which in a private one it cannot.
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'] : [];
  const place = join(run, 'postgres.path');
  if (!existsSync(place)) {
    const home = isRoot ? mkdtempSync('/tmp/mlctl-stack-pg-') : join(run, 'postgres');
    if (isRoot) must('chown', ['postgres', home]);
    else mkdirSync(home, { recursive: true });
    writeFileSync(place, home);
  }
  const home = readFileSync(place, 'utf8');
  const data = join(home, 'data');
  const call = ([command, ...args]) => must(command, args, { cwd: '/' });
  if (!existsSync(join(data, 'PG_VERSION')))
    call([
      ...as,
      join(postgres, 'initdb'),
      '-D',
      data,
      '-U',
      'mlflow',
      '--auth=trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ]);
  if (!isAlive(run, 'postgres')) {
    // The lock of one that was killed counts for as long as nobody has collected the process's remains.
    rmSync(join(data, 'postmaster.pid'), { force: true });
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      // Safe against a kill of the process, not against a power cut: these are test data. (Without synchronous_commit a kill
      // loses what was answered as done in the last moment, too.)
      fsync: 'off',
      full_page_writes: 'off',
      max_connections: '100',
      shared_buffers: '64MB',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command, ...args] = [...as, join(postgres, 'postgres'), '-D', data, '-p', String(ports.postgres), ...flags];
    start(run, 'postgres', command, args, { cwd: '/' });
  }
  const at = ['-h', '127.0.0.1', '-p', String(ports.postgres), '-U', 'mlflow'];
  await until(run, 'postgres', 60, async () => spawnSync(join(postgres, 'pg_isready'), ['-q', ...at]).status === 0);
  for (const mode of modes) {
    const there = must(join(postgres, 'psql'), [
      ...at,
      '-d',
      'postgres',
      '-qAtc',
      `select 1 from pg_database where datname='${mode}'`,
    ]);
    if (there.trim() !== '1') must(join(postgres, 'createdb'), [...at, mode]);
  }
}

/** PUT /bucket, signed by Signature Version 4: a folder made by hand is none to the server. */
async function createBucket() {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const empty = createHash('sha256').update('').digest('hex');
  const host = `127.0.0.1:${ports.s3}`;
  const headers = `host:${host}\nx-amz-content-sha256:${empty}\nx-amz-date:${stamp}\n`;
  const signed = 'host;x-amz-content-sha256;x-amz-date';
  const request = createHash('sha256').update(`PUT\n/${BUCKET}\n\n${headers}\n${signed}\n${empty}`).digest('hex');
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const key = [day, 'us-east-1', 's3', 'aws4_request'].reduce(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${KEY}`,
  );
  const signature = createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${request}`).digest('hex');
  const answer = await fetch(`http://${host}/${BUCKET}`, {
    method: 'PUT',
    headers: {
      'x-amz-content-sha256': empty,
      'x-amz-date': stamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${KEY}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
    },
  });
  if (answer.status !== 200 && answer.status !== 409)
    throw new Error(`bucket: ${answer.status} ${await answer.text()}`);
}

async function startS3() {
  if (!isAlive(run, 's3')) {
    mkdirSync(join(run, 's3'), { recursive: true });
    const flags = ['--port', `127.0.0.1:${ports.s3}`, '--health', '/_stack_health', '--quiet', '--keep-alive'];
    const env = { ...process.env, ROOT_ACCESS_KEY: KEY, ROOT_SECRET_KEY: KEY };
    start(run, 's3', s3, [...flags, 'posix', join(run, 's3')], { env });
  }
  await until(run, 's3', 30, answers(`http://127.0.0.1:${ports.s3}/_stack_health`));
  await createBucket();
}

const s3Env = {
  MLFLOW_S3_ENDPOINT_URL: `http://127.0.0.1:${ports.s3}`,
  AWS_ACCESS_KEY_ID: KEY,
  AWS_SECRET_ACCESS_KEY: KEY,
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

async function startMlflow(mode) {
  if (!isAlive(run, mode)) {
    if (await listens(ports[mode])()) throw new Error(`port ${ports[mode]} is taken by something else`);
    const folder = join(run, `mlflow-${mode}`);
    mkdirSync(folder, { recursive: true });
    const artifacts =
      mode === 'direct'
        ? ['--no-serve-artifacts', '--default-artifact-root', `s3://${BUCKET}/direct`]
        : ['--serve-artifacts', '--artifacts-destination', `s3://${BUCKET}/proxied`];
    const args = ['server', '--host', '127.0.0.1', '--port', String(ports[mode]), '--workers', '1', ...artifacts];
    // +psycopg2 is needed: with SQLAlchemy 2.1 a bare postgresql:// means psycopg 3.
    const database = `postgresql+psycopg2://mlflow@127.0.0.1:${ports.postgres}/${mode}`;
    const env = {
      ...process.env,
      ...s3Env,
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    };
    delete env.MLFLOW_TRACKING_URI;
    const command = join(dirname(python), 'mlflow');
    start(run, mode, command, [...args, '--backend-store-uri', database], { cwd: folder, env });
  }
  await until(run, mode, 240, answers(`http://127.0.0.1:${ports[mode]}/health`));
}

try {
  const begun = Date.now();
  await Promise.all([startPostgres(), startS3()]);
  await Promise.all(modes.map(startMlflow));
  say(`up after ${((Date.now() - begun) / 1000).toFixed(1)} s: ${modes.join(', ')}`);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
  rmSync(join(run, 'up.json'), { force: true });
}
if (!process.exitCode) {
  const servers = Object.fromEntries(modes.map((mode) => [mode, `http://127.0.0.1:${ports[mode]}`]));
  const text = JSON.stringify({ env: s3Env, servers, python, bucket: BUCKET });
  writeFileSync(join(run, 'up.json'), text);
  console.log(text);
}
