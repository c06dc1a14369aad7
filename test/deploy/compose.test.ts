// docker-compose.yml and the Dockerfile without a container engine: the real Compose reads the file, the image's steps run in a
// folder, and every command and healthcheck runs as a plain process against real servers.
import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fetchOnce } from '../support/fetch-once.js';
import { ROOT, scratch } from '../support/paths.js';
import { freePort } from '../support/server.js';
import { openStack } from '../support/stack.js';
import { compose, end, runnerOf, type Service } from './compose-file.js';
import { type Image, parseDockerfile, runDockerfile } from './run-dockerfile.js';

const FILE = join(ROOT, 'docker-compose.yml');
const config = compose(['-f', FILE, 'config', '--format', 'json']);
const skip = 'skip' in config ? config.skip : false;
const services = new Map<string, Service>(
  'skip' in config || config.status !== 0 ? [] : Object.entries(JSON.parse(config.stdout).services),
);
const service = (name: string): Service => services.get(name) ?? assert.fail(`no service ${name}`);
const steps = parseDockerfile(join(ROOT, 'Dockerfile'));

describe('docker-compose.yml', { skip }, () => {
  it('is one that Docker Compose accepts', () => {
    const ran = compose(['-f', FILE, 'config', '-q']);
    assert.deepEqual(ran, { ...ran, status: 0, stderr: '' });
    assert.deepEqual([...services.keys()].sort(), ['mlflow', 'postgres', 's3', 's3-init', 'trainer']);
  });

  it('would be refused with a mistake in it', () => {
    const broken = join(scratch(), 'broken.yml');
    writeFileSync(broken, readFileSync(FILE, 'utf8').replace('postgres-data:/var', 'undefined-data:/var'));
    const ran = compose(['-f', broken, 'config', '-q']);
    assert.ok('status' in ran && ran.status === 1 && /undefined-data/.test(ran.stderr));
  });

  it('names every image by its version', () => {
    for (const [name, { image }] of services)
      if (name !== 'trainer') assert.match(image ?? '', /:v?\d+\.\d+(\.\d+)?(-\w+)?$/, name);
    const bases = steps.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    assert.equal(new Set(bases).size, 1);
    assert.match(bases[0] ?? '', /^node:\d+\.\d+\.\d+-[\w-]+@sha256:[0-9a-f]{64}$/);
  });

  it('names the versions that the tests run', () => {
    const text = (name: string) => readFileSync(join(ROOT, 'scripts', name), 'utf8');
    assert.ok(text('stack/install.mjs').includes(`'${service('s3').image?.split(':')[1]}'`));
    assert.equal(service('s3-init').image, service('s3').image);
    const mlflow = /:v([\d.]+)-full$/.exec(service('mlflow').image ?? '')?.[1];
    assert.match(
      text('python-env.mjs'),
      new RegExp(`stack: \\[\\['mlflow(\\[\\w+\\])?==${mlflow?.replaceAll('.', '\\.')}'`),
    );
  });

  it('watches every service that stays up, and starts none before what it needs is healthy', () => {
    for (const [name, { healthcheck, depends_on }] of services) {
      assert.equal(healthcheck === undefined, name === 's3-init', name);
      for (const { condition } of Object.values(depends_on ?? {}))
        assert.match(condition, /^service_(healthy|completed_successfully)$/, name);
    }
  });

  it('bounds the memory and the logs of every service that stays up', () => {
    for (const [name, { mem_limit, logging }] of services) {
      if (name === 's3-init') continue;
      assert.ok(Number(mem_limit) > 0, name);
      assert.ok(logging?.options?.['max-size'], name);
    }
  });

  it('gives the root keys of the S3 server to nobody but the server and s3-init', () => {
    for (const [name, { environment }] of services)
      assert.equal(JSON.stringify(environment ?? {}).includes('minioadmin'), name.startsWith('s3'), name);
  });

  it('labels the image with the version of package.json', () => {
    const labels = steps.find(({ word }) => word === 'LABEL')?.rest ?? '';
    const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.ok(labels.includes(`image.version="${version}"`) && labels.includes(`image.licenses="${license}"`), labels);
  });

  it('opens its ports to this machine alone, and takes its passwords from the environment', () => {
    for (const { ports } of services.values())
      for (const { host_ip } of ports ?? []) assert.equal(host_ip, '127.0.0.1');
    const given = compose(['-f', FILE, 'config'], {
      S3_SECRET_KEY: 'k1',
      S3_ACCESS_KEY: 'k2',
      S3_USER_SECRET_KEY: 'k4',
      POSTGRES_PASSWORD: 'k3',
    });
    assert.ok(
      'stdout' in given && !/minioadmin|mlflow-secret/.test(given.stdout) && !given.stdout.includes('mlflow:mlflow@'),
    );
  });

  it('serves a model once somebody asks for it, to this machine, with a token and a healthcheck that sends it', () => {
    const ran = compose(['-f', FILE, '--profile', 'serve', 'config', '--format', 'json']);
    assert.ok('status' in ran && ran.status === 0);
    const { server, trainer } = JSON.parse(ran.stdout).services as Record<string, Service>;
    assert.equal(server!.image, trainer!.image);
    assert.deepEqual(
      server!.ports?.map(({ host_ip, published }) => [host_ip, published]),
      [['127.0.0.1', '8080']],
    );
    assert.ok(server!.environment!['MLCTL_SERVE_TOKEN']!.length >= 16);
    assert.match(server!.healthcheck!.test.join(' '), /MLCTL_SERVE_TOKEN/);
    assert.ok(Number(server!.mem_limit) > 0);
  });

  it('has the ports that the tutorial names', () => {
    const published = [...services.values()].flatMap(({ ports }) => ports ?? []).map((port) => port.published);
    assert.deepEqual(published.sort(), ['5000', '9000', '9001']);
  });
});

describe('the stack as plain processes', { skip }, () => {
  const folder = scratch('mlctl-compose-');
  const running: ChildProcess[] = [];
  let image: Image;
  let reason: string | null = null;
  let runner: ReturnType<typeof runnerOf>;
  let mlflowPort = 0;
  let consolePort = 0;

  before(async () => {
    chmodSync(folder, 0o755);
    const stack = openStack([]);
    if ('skip' in stack) {
      reason = stack.skip;
      return;
    }
    image = runDockerfile(steps, ROOT, join(folder, 'image'));
    const install = (await import(pathToFileURL(join(ROOT, 'scripts', 'stack', 'install.mjs')).href)) as {
      s3Server(): string;
      postgresPrograms(): string;
    };
    const postgres = String(JSON.parse(readFileSync(join(stack.folder, 'ports.json'), 'utf8')).postgres);
    const programs = install.postgresPrograms();
    // What the image of PostgreSQL does at its first start.
    const made = spawnSync(join(programs, 'createdb'), ['-h', '127.0.0.1', '-p', postgres, '-U', 'mlflow', 'mlflow']);
    assert.equal(made.status, 0, String(made.stderr));
    const s3 = String(await freePort());
    mlflowPort = await freePort();
    consolePort = await freePort();
    mkdirSync(join(folder, 'data'));
    mkdirSync(join(folder, 'iam'));
    runner = runnerOf(
      [
        [/postgres:5432/g, `127.0.0.1:${postgres}`],
        [/-p 5432/g, `-p ${postgres}`],
        [/\bs3:9000/g, `127.0.0.1:${s3}`],
        [/^:9000$/, `127.0.0.1:${s3}`],
        [/^:9001$/, `127.0.0.1:${consolePort}`],
        [/^--host=0\.0\.0\.0$/, '--host=127.0.0.1'],
        [/^--port=5000$/, `--port=${mlflowPort}`],
        [/http:\/\/mlflow:5000/g, `http://127.0.0.1:${mlflowPort}`],
        [/\/app\/versitygw/g, install.s3Server()],
        [/^\/data$/, join(folder, 'data')],
        [/^\/iam$/, join(folder, 'iam')],
        [/^\/etc\/mlflow\/auth\.ini$/, join(folder, 'auth.ini')],
      ],
      [
        join(image.root, 'usr', 'local', 'bin'),
        dirname(process.execPath),
        dirname(stack.python),
        programs,
        process.env['PATH'],
      ].join(':'),
    );
  });
  after(() => {
    for (const child of running) end(child);
  });

  const test = (name: string, work: () => Promise<void> | void) =>
    it(name, async (t) => (reason === null ? work() : t.skip(reason)));

  /** In the trainer, as a user who owns nothing of the image. */
  function inTrainer(command: readonly string[], more: Record<string, string> = {}) {
    const home = join(folder, 'home');
    if (!existsSync(home)) mkdirSync(home);
    chmodSync(home, 0o777);
    const isRoot = process.getuid?.() === 0;
    const as = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
    const [first = '', ...rest] = [...as, ...command];
    return spawnSync(first, rest, {
      cwd: home,
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...runner.env(service('trainer')), HOME: home, ...more },
    });
  }
  const must = (command: readonly string[], more: Record<string, string> = {}) => {
    const ran = inTrainer(command, more);
    assert.equal(ran.status, 0, `${command.join(' ')}\n${ran.stdout}\n${ran.stderr}`);
    return ran.stdout;
  };

  test('builds an image with the runtime of one platform, for a user who is not root', () => {
    const runtime = join(image.root, 'opt', 'mlctl', 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
    assert.deepEqual(readdirSync(runtime), [process.platform]);
    assert.deepEqual(readdirSync(join(runtime, process.platform)), [process.arch]);
    for (const name of ['typescript', 'esbuild', 'recheck'])
      assert.ok(!existsSync(join(image.root, 'opt', 'mlctl', 'node_modules', name)), name);
    assert.notEqual(image.user, 'root');
    assert.match(must(['mlctl', '--version']), /^mlctl \d/);
    const allowed = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    for (const { word, rest } of steps)
      if (word === 'COPY' && !rest.startsWith('--from'))
        for (const path of rest
          .replace(/^--chown=\S+ /, '')
          .split(' ')
          .slice(0, -1))
          assert.ok(allowed.includes(`!${path}`), path);
  });

  test('postgres: the healthcheck asks the database', () => {
    assert.equal(runner.health(service('postgres')).stdout.trim(), '1');
    const other = { ...service('postgres'), environment: { POSTGRES_USER: 'mlflow', POSTGRES_DB: 'missing' } };
    assert.notEqual(runner.health(other).status, 0);
  });

  test('s3: unhealthy, then up, with its console; other keys are refused', async () => {
    assert.notEqual(runner.health(service('s3')).status, 0);
    running.push(await runner.up(service('s3'), folder));
    const wrong = { ...service('s3').environment, ADMIN_SECRET_KEY: 'wrong' };
    assert.notEqual(runner.health({ ...service('s3'), environment: wrong }).status, 0);
    assert.equal((await fetchOnce(`http://127.0.0.1:${consolePort}/`)).status, 200);
  });

  test('s3-init makes the user and the bucket, and running it again succeeds', () => {
    for (const time of ['first', 'second']) {
      const ran = runner.once(service('s3-init'));
      assert.equal(ran.status, 0, `${time}: ${ran.stderr}`);
    }
    assert.ok(existsSync(join(folder, 'data', 'mlflow')));
    const asUser = { ...service('s3').environment, ADMIN_ACCESS_KEY: 'mlflow', ADMIN_SECRET_KEY: 'mlflow-secret' };
    assert.notEqual(runner.health({ ...service('s3'), environment: asUser }).status, 0, 'the user is not an admin');
  });

  test('mlflow answers to the name that the trainer uses, and to no stranger', async () => {
    assert.notEqual(runner.health(service('mlflow')).status, 0);
    running.push(await runner.up(service('mlflow'), folder));
    const askedAs = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const path = '/api/2.0/mlflow/experiments/search?max_results=1';
        request({ host: '127.0.0.1', port: mlflowPort, path, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    const { host } = new URL(service('trainer').environment?.['MLFLOW_TRACKING_URI'] ?? '');
    assert.equal(await askedAs(host), 200);
    assert.equal(await askedAs('localhost:5000'), 200);
    assert.equal(await askedAs('evil.example:5000'), 403);
  });

  test('trainer: healthy; train, promote and smoke models:/iris_clf/Production work', () => {
    assert.equal(inTrainer(service('trainer').healthcheck?.test.slice(1) ?? []).status, 0);
    const trained = JSON.parse(must(['mlctl', 'train', '--json']));
    assert.deepEqual(trained.registered, { name: 'iris_clf', version: 1 });
    must(['mlctl', 'promote', 'iris_clf', '--stage', 'Production', '--alias', 'champion']);
    assert.match(must(['mlctl', 'smoke'], { MODEL_URI: 'models:/iris_clf/Production' }), /smoke passed/);
    assert.match(must(['mlctl', 'smoke', 'models:/iris_clf@champion']), /smoke passed/);
    assert.ok(existsSync(join(folder, 'data', 'mlflow')) && readdirSync(join(folder, 'data', 'mlflow')).length > 0);
  });

  test('doctor in the trainer finds nothing wrong, and leaves nothing in the bucket', () => {
    const { checks } = JSON.parse(must(['mlctl', 'doctor', '--json']));
    const found = new Map(checks.map((check: { name: string; status: string }) => [check.name, check.status]));
    for (const name of ['s3', 'store', 'clock', 'artifacts'])
      assert.equal(found.get(name), 'pass', JSON.stringify(checks));
    const all = readdirSync(join(folder, 'data', 'mlflow'), { recursive: true, encoding: 'utf8', withFileTypes: true });
    assert.deepEqual(
      all.filter((entry) => entry.isFile() && /be 1\.bin|parts\.bin/.test(entry.name)),
      [],
    );
  });

  test('a model that somebody else overwrote is caught by the digest in the registry', async () => {
    const bucket = join(folder, 'data', 'mlflow');
    const path = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).find((one) => one.endsWith('model.onnx'));
    const url = `http://127.0.0.1:${mlflowPort}/api/2.0/mlflow-artifacts/artifacts/${path}`;
    const body = Buffer.from(await (await fetchOnce(url)).arrayBuffer());
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
    assert.equal((await fetchOnce(url, { method: 'PUT', body })).status, 200);
    const ran = inTrainer(['mlctl', 'smoke', 'models:/iris_clf/Production', '--json'], {
      MLCTL_CACHE_DIR: scratchFor('cache'),
    });
    assert.equal(ran.status, 7, ran.stdout + ran.stderr);
    const failed = JSON.parse(ran.stdout).checks.filter((check: { status: string }) => check.status === 'fail');
    assert.equal(failed[0].name, 'integrity');
  });

  function scratchFor(name: string): string {
    const made = join(folder, 'home', name);
    mkdirSync(made, { recursive: true });
    chmodSync(made, 0o777);
    return made;
  }

  test('with the sign-in: refused without, healthy, and the trainer trains', async () => {
    const files = ['-f', FILE, '-f', join(ROOT, 'docker-compose.sign-in.yml')];
    const secrets = { MLFLOW_ADMIN_PASSWORD: 'correct horse battery', MLFLOW_SECRET_KEY: 'k' };
    // Which of the two it names is chance.
    const without = compose([...files, 'config', '-q']);
    assert.ok(
      'status' in without &&
        without.status !== 0 &&
        /required variable MLFLOW_(?:ADMIN_PASSWORD|SECRET_KEY) is/.test(without.stderr),
    );
    const ran = compose([...files, 'config', '--format', 'json'], secrets);
    assert.ok('stdout' in ran && ran.status === 0, JSON.stringify(ran));
    const signed = JSON.parse(ran.stdout);
    writeFileSync(join(folder, 'auth.ini'), runner.text(signed.configs['mlflow-auth'].content));
    for (const child of running.splice(1)) end(child);
    // The next one wants its port.
    const isOpen = () =>
      fetch(`http://127.0.0.1:${mlflowPort}/health`, { signal: AbortSignal.timeout(2000) }).then(
        () => true,
        (error) => error.name === 'TimeoutError',
      );
    let tries = 0;
    do {
      assert.ok(tries++ < 60, 'the first server does not end');
      await new Promise((resolve) => setTimeout(resolve, 500));
    } while (await isOpen());
    running.push(await runner.up(signed.services.mlflow, folder));
    assert.notEqual(runner.health(service('mlflow')).status, 0, 'without a sign-in');
    const { MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD } = signed.services.trainer.environment;
    assert.equal(inTrainer(['mlctl', 'runs']).status, 4);
    const trained = must(['mlctl', 'train', '--json'], { MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD });
    assert.equal(JSON.parse(trained).ok, true);
    assert.ok(!trained.includes(secrets.MLFLOW_ADMIN_PASSWORD));
  });
});
