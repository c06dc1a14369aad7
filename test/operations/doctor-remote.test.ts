// doctor over the network: what users of tracking servers and S3 stores complain of, each said in words with the next thing to type.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openArtifacts } from '../../src/artifacts/open.js';
import { type Check, checkDocument } from '../../src/checks/check.js';
import { probeArtifacts } from '../../src/checks/doctor/probe.js';
import { judgeS3 } from '../../src/checks/doctor/s3.js';
import { judgeSignIn } from '../../src/checks/doctor/sign-in.js';
import { DOCTOR_WORDS } from '../../src/checks/doctor-words.js';
import type { DoctorCheckDocument } from '../../src/documents/check.js';
import { MlctlError } from '../../src/errors/error.js';
import { doctor } from '../../src/operations/doctor.js';
import type { World } from '../../src/world.js';
import { cliEnded } from '../support/cli.js';
import { fetchOnce } from '../support/fetch-once.js';
import { scratch } from '../support/paths.js';
import { openStack } from '../support/stack.js';
import { testWorld } from '../support/worlds.js';
import { type Fault, forwardTo, refuse, type SmallServer, selfSigned, trackingServer } from './doctor-servers.js';

const servers: SmallServer[] = [];
const open = async (made: Promise<SmallServer>): Promise<SmallServer> => {
  const server = await made;
  servers.push(server);
  return server;
};
after(() => {
  for (const server of servers) server.close();
});

/** Whatever is wrong, there is a next thing to type: held for each check that any test here comes to. */
function hinted(check: DoctorCheckDocument): DoctorCheckDocument {
  if (check.status === 'fail' || check.status === 'warn') assert.ok(check.hint, `no hint: ${check.message}`);
  return check;
}

const s3Check = (check: Check) => hinted(checkDocument('s3', check, DOCTOR_WORDS));
const probe = async (world: World, location: string): Promise<Check> =>
  probeArtifacts(world, location, (own) => openArtifacts(location, { world: own, trackingUri: null }));

async function examined(url: string, env: Record<string, string> = {}): Promise<Map<string, DoctorCheckDocument>> {
  const world = testWorld({ now: Date.now });
  const { checks } = await doctor(
    {
      ...world,
      env: {
        ...world.env,
        MLFLOW_TRACKING_URI: url,
        MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.1',
        MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.1',
        ...env,
      },
    },
    {},
  );
  return new Map(checks.map((check) => [check.name, hinted(check)]));
}

describe('doctor on a tracking server', () => {
  it('names the version, tries the artifacts through the proxy and leaves none', async () => {
    const server = await open(trackingServer('mlflow-artifacts:/0'));
    const checks = await examined(server.url);
    for (const name of ['store', 'clock', 'artifacts']) assert.equal(checks.get(name)?.status, 'pass', name);
    assert.match(checks.get('store')?.message ?? '', /MLflow 3\.17\.2 answered/);
    const { steps } = (checks.get('artifacts') ?? assert.fail()).details as { steps: { step: string }[] };
    assert.deepEqual(
      steps.map(({ step }) => step),
      ['put', 'list', 'get', 'range', 'plain', 'delete'],
    );
    assert.match(
      checks.get('artifacts')?.message ?? '',
      /put, list, get, range, delete work; large files are sent in one piece$/,
    );
    assert.ok(!server.seen.some((line) => line.includes('mpu')));
    const left = await fetchOnce(`${server.url}/api/2.0/mlflow-artifacts/artifacts?path=0`);
    assert.deepEqual(await left.json(), { files: [] });
  });

  it('says parts only where parts were sent', async () => {
    const able = await open(trackingServer('mlflow-artifacts:/0', () => false, { parts: true }));
    const check = (await examined(able.url)).get('artifacts') ?? assert.fail();
    assert.equal(check.status, 'pass', JSON.stringify(check));
    assert.match(check.message, /: put, list, get, range, multipart, delete work$/);
    for (const part of ['mpu/create', 'mpu/complete', 'PUT /storage/1'])
      assert.ok(
        able.seen.some((line) => line.includes(part)),
        part,
      );
    // Offered, and then not there: what older servers and those before a disk answer.
    const unable = await open(
      trackingServer(
        'mlflow-artifacts:/0',
        (incoming, answer) => incoming.url?.includes('/mpu/') === true && refuse(incoming, answer, 501),
        { parts: true },
      ),
    );
    assert.match((await examined(unable.url)).get('artifacts')?.message ?? '', /large files are sent in one piece$/);
  });

  it('who signs in, and where each part comes from; never the secret', async () => {
    const { url } = await open(trackingServer(''));
    const home = scratch();
    const secret = 'hunter2hunter2';
    mkdirSync(join(home, '.mlflow'));
    const file = join(home, '.mlflow', 'credentials');
    const signIn = async (env: Record<string, string>, stored = '', user = '') => {
      writeFileSync(file, stored);
      const world = testWorld({ now: Date.now });
      const given = { ...world.env, HOME: home, MLFLOW_TRACKING_URI: url.replace('//', `//${user}`), ...env };
      const { checks, settings } = await doctor({ ...world, env: given }, {});
      const text = JSON.stringify({ checks, settings });
      for (const part of [secret, Buffer.from(`ada:${secret}`).toString('base64')]) assert.ok(!text.includes(part));
      const check = hinted(checks.find(({ name }) => name === 'sign-in') ?? assert.fail());
      return { ...check, sources: new Map(settings.map(({ name, source }) => [name, source])) };
    };
    const both = `[mlflow]\nmlflow_tracking_username: ada\nmlflow_tracking_password: ${secret}\n`;
    assert.equal((await signIn({})).message, 'no user name, password or token is sent');
    const stored = await signIn({}, both);
    assert.equal(stored.message, 'Basic as ada, from ~/.mlflow/credentials');
    assert.equal(stored.sources.get('MLFLOW_TRACKING_USERNAME'), '~/.mlflow/credentials');
    assert.equal(stored.sources.get('MLFLOW_TRACKING_PASSWORD'), '~/.mlflow/credentials');
    const mixed = await signIn({ MLFLOW_TRACKING_USERNAME: 'bob' }, both);
    assert.match(mixed.message, /Basic as bob, user name from MLFLOW_TRACKING_USERNAME, password from ~/);
    assert.equal(mixed.sources.get('MLFLOW_TRACKING_USERNAME'), 'environment');
    assert.equal((await signIn({}, '', `ada:${secret}@`)).message, 'Basic as ada, from the address');
    const token = await signIn({ MLFLOW_TRACKING_TOKEN: secret });
    assert.deepEqual([token.message, token.details['scheme']], ['Bearer, from MLFLOW_TRACKING_TOKEN', 'bearer']);
    const half = await signIn({ MLFLOW_TRACKING_USERNAME: 'ada' });
    assert.deepEqual([half.status, half.details['scheme']], ['warn', null]);
    assert.match(half.hint ?? '', /export MLFLOW_TRACKING_PASSWORD=/);
    const odd = await signIn({}, '[mlflow]\nmlflow_tracking_username\n');
    assert.deepEqual([odd.status, odd.exit_code], ['fail', 2]);
    const elsewhere = testWorld({ env: { MLFLOW_TRACKING_TOKEN: secret, HOME: home } });
    writeFileSync(file, '');
    assert.match((await judgeSignIn(elsewhere, 'http://mlflow.example:5000'))?.hint ?? '', /https:/);
    const certified = testWorld({ env: { MLFLOW_TRACKING_CLIENT_CERT_PATH: '/pki/me.pem', HOME: home } });
    assert.match(
      (await judgeSignIn(certified, 'https://mlflow.example'))?.message ?? '',
      /client certificate \/pki\/me\.pem/,
    );
    assert.equal(await judgeSignIn(certified, 'sqlite:///x.db'), null);
  });

  it('a server that stalls: the findings so far by the deadline, the unfinished one by name', async () => {
    for (const [stalls, unfinished, waitedFor] of [
      ['/version', 'store', /GET \/version: no answer within 3 s/],
      ['/experiments/search', 'store', /the list of experiments: no answer within/],
      ['PUT', 'artifacts', /mlflow-artifacts:\/0: put failed/],
      ['DELETE', 'artifacts', /mlflow-artifacts:\/0: delete failed/],
      ['/registered-models/search', 'registry', /the registry: no answer within/],
    ] as const) {
      const stalling: Fault = ({ method, url }) => method === stalls || url?.includes(stalls) === true;
      const { url } = await open(trackingServer('mlflow-artifacts:/0', stalling));
      const started = Date.now();
      const { stdout, stderr, code } = await cliEnded(['doctor', '--json', '--timeout', '3'], {
        cwd: scratch(),
        env: { MLFLOW_TRACKING_URI: url },
      });
      const took = Date.now() - started;
      assert.equal(code, 6, stdout + stderr);
      // Three seconds of patience, and the start and end of a process on a busy machine; a server may take two minutes elsewhere.
      assert.ok(took < 30_000, `${stalls}: ${took} ms`);
      const { checks } = JSON.parse(stdout) as { checks: DoctorCheckDocument[] };
      const failed = checks.filter(({ status }) => status === 'fail').map(hinted);
      assert.deepEqual([failed[0]?.name, failed[0]?.exit_code], [unfinished, 6], stdout);
      assert.match(failed[0]?.message ?? '', waitedFor);
      assert.match(failed[0]?.hint ?? '', /mlctl doctor --timeout 60/);
      for (const name of ['node', 'runtime', 'sign-in', 'disk', 'cache'])
        assert.ok(
          checks.some((check) => check.name === name),
          name,
        );
    }
  });

  it('a server that nobody runs: 6, soon, and what to look at', async () => {
    const server = await trackingServer('');
    server.close();
    const { status, exit_code, hint } = (await examined(server.url)).get('store') ?? assert.fail();
    assert.deepEqual([status, exit_code], ['fail', 6]);
    assert.match(hint ?? '', /is the server at http:.* up\?/);
    assert.doesNotMatch(hint ?? '', /doctor/);
  });

  it('a sign-in that is refused: 4, the variables by name, and no secret', async () => {
    const secret = 'hunter2hunter2';
    const server = await open(
      trackingServer('', (incoming, answer) =>
        incoming.url === '/version' ? false : refuse(incoming, answer, 401, `no: ${incoming.headers.authorization}`),
      ),
    );
    const checks = await examined(server.url, { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: secret });
    assert.equal(checks.get('store')?.exit_code, 4);
    assert.match(checks.get('store')?.hint ?? '', /MLFLOW_TRACKING_USERNAME/);
    assert.equal(checks.get('artifacts')?.status, 'skip');
    const text = JSON.stringify([...checks.values()]);
    for (const part of [secret, Buffer.from(`ada:${secret}`).toString('base64')]) assert.ok(!text.includes(part));
  });

  it('a host name that the server does not accept: the setting to add', async () => {
    const refused: Fault = (incoming, answer) =>
      incoming.url !== '/version' &&
      refuse(incoming, answer, 403, 'Invalid Host header - possible DNS rebinding attack detected');
    const { hint } = (await examined((await open(trackingServer('', refused))).url)).get('store') ?? assert.fail();
    assert.match(hint ?? '', /MLFLOW_SERVER_ALLOWED_HOSTS naming 127\.0\.0\.1:\d+/);
  });

  it('clocks that differ: said, and wrong where S3 would refuse', async () => {
    for (const [minutes, status] of [
      [2, 'warn'],
      [-60, 'fail'],
    ] as const) {
      const late: Fault = (_, answer) => {
        answer.setHeader('date', new Date(Date.now() + minutes * 60_000).toUTCString());
        return false;
      };
      const { url } = await open(trackingServer('mlflow-artifacts:/0', late));
      const clock = (await examined(url)).get('clock') ?? assert.fail();
      assert.equal(clock.status, status);
      assert.match(clock.message, minutes > 0 ? /behind/ : /ahead of/);
      assert.match(clock.hint ?? '', /timedatectl/);
    }
  });

  it('parts that the store’s own address does not take: the plain way works and doctor says so (Evaluator #952)', async () => {
    const { url: gone, close } = await trackingServer('');
    close();
    const parts: Fault = (incoming, answer) => {
      const body = incoming.url?.endsWith('/server-info')
        ? { multipart_uploads_enabled: true }
        : incoming.url?.includes('/mpu/create/')
          ? { upload_id: 'u', credentials: [{ url: `${gone}/part`, part_number: 1, headers: {} }] }
          : null;
      return body !== null && refuse(incoming, answer, 200, JSON.stringify(body));
    };
    const server = await open(trackingServer('mlflow-artifacts:/0', parts));
    const artifacts = (await examined(server.url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' })).get('artifacts');
    assert.equal(artifacts?.status, 'warn', JSON.stringify(artifacts));
    assert.match(artifacts?.message ?? '', /large files are sent in one piece; .*sending through the server instead/);
    assert.match(artifacts?.hint ?? '', /export MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false/);
    assert.ok(server.seen.some((line) => line.includes('/mpu/create/')));
  });

  it('asks nobody with --offline', async () => {
    const server = await open(trackingServer(''));
    assert.equal((await examined(server.url, { MLCTL_OFFLINE: '1' })).get('store')?.status, 'skip');
    assert.deepEqual(server.seen, []);
  });
});

describe('doctor on S3 settings', () => {
  const home = scratch();
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), '[profile team]\nregion = eu-west-3\n');
  const judged = async (env: Record<string, string>) =>
    s3Check((await judgeS3(testWorld({ env: { HOME: home, ...env } }))) ?? assert.fail('nothing is set'));

  it('says which endpoint counts and where it came from (mlflow #1813)', async () => {
    const { message, details } = await judged({ AWS_ENDPOINT_URL: 'http://minio:9000', AWS_PROFILE: 'team' });
    assert.match(message, /http:\/\/minio:9000 \(AWS_ENDPOINT_URL\), path-style/);
    assert.deepEqual([details['endpoint_from'], details['credentials_from']], ['AWS_ENDPOINT_URL', 'AWS_PROFILE']);
    assert.equal(await judgeS3(testWorld({ env: { HOME: home } })), null);
  });

  it('a place in S3 and no endpoint: the client must name it as the server does (mlflow #1813)', async () => {
    const check = await probe(testWorld({ env: { MLCTL_OFFLINE: '1' } }), 's3://mlflow/0');
    assert.equal(check.status, 'fail');
    assert.match(check.hint ?? '', /set MLFLOW_S3_ENDPOINT_URL=http:\/\/host:9000 here, as on the server/);
  });

  it('an endpoint without http:// or with s3:// is refused with the address to set (mlflow #1990, #9523)', async () => {
    for (const endpoint of ['localhost:9000', 's3://localhost:9000', 'localhost:9000/']) {
      const { status, exit_code, hint } = await judged({ MLFLOW_S3_ENDPOINT_URL: endpoint });
      assert.deepEqual([status, exit_code, hint], ['fail', 2, 'set MLFLOW_S3_ENDPOINT_URL=http://localhost:9000']);
    }
    assert.ok(!JSON.stringify(await judged({ MLFLOW_S3_ENDPOINT_URL: 'ada:hunter2@host:9000' })).includes('hunter2'));
  });

  it('a key without its secret, and an unchecked certificate, are warned of', async () => {
    assert.match((await judged({ AWS_ACCESS_KEY_ID: 'k' })).hint ?? '', /AWS_SECRET_ACCESS_KEY/);
    const blind = await judged({ MLFLOW_S3_ENDPOINT_URL: 'https://s3', MLFLOW_S3_IGNORE_TLS: 'true' });
    assert.match(blind.hint ?? '', /AWS_CA_BUNDLE/);
  });
});

describe('doctor on an S3 store', () => {
  const stack = openStack([]);
  const skip = 'skip' in stack ? stack.skip : false;
  if ('skip' in stack) return void it('needs the S3 server', { skip: stack.skip || skip });
  const { env, bucket, folder, stop } = stack;
  const target = env['MLFLOW_S3_ENDPOINT_URL'] ?? '';
  const location = `s3://${bucket}/runs`;
  before(() => assert.deepEqual(left(), []));
  after(stop);

  /** What lies in the bucket, unfinished uploads too. */
  function left(): string[] {
    const all = readdirSync(join(folder, 's3', bucket), { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map(({ name }) => name);
  }
  async function probed(fault: Fault, more: Record<string, string> = {}, tls?: Parameters<typeof forwardTo>[2]) {
    const server = await open(forwardTo(target, fault, tls));
    const world = testWorld({ now: Date.now, env: { ...env, MLFLOW_S3_ENDPOINT_URL: server.url, ...more } });
    return { check: s3Check(await probe(world, location)), seen: server.seen };
  }
  const fine: Fault = () => false;

  it('puts, lists, reads, sends parts and deletes, by the path style (mlflow-operator #359)', async () => {
    const { check, seen } = await probed(fine);
    assert.equal(check.status, 'pass', JSON.stringify(check));
    assert.ok(seen.every((line) => line.split(' ')[1]?.startsWith(`/${bucket}`)));
    assert.equal(seen.filter((line) => line.includes('partNumber=')).length, 2);
    assert.deepEqual(left(), []);
  });

  it('a certificate of its own: one setting counts for single files, parts and ranges (mlflow #25756)', async () => {
    const tls = selfSigned();
    const { check } = await probed(fine, {}, tls);
    assert.deepEqual([check.status, check.exit_code], ['fail', 6]);
    assert.match(check.hint ?? '', /AWS_CA_BUNDLE/);
    for (const setting of [{ MLFLOW_S3_IGNORE_TLS: 'true' }, { AWS_CA_BUNDLE: tls.file }]) {
      const { check, seen } = await probed(fine, setting, tls);
      assert.match(check.message, /put, list, get, range, multipart, delete work/);
      assert.ok(seen.some((line) => line.includes('partNumber=2')));
    }
    assert.deepEqual(left(), []);
  });

  it('a part that fails once is sent again (mlflow #7564)', async () => {
    let failed = 0;
    const { check, seen } = await probed(
      (incoming, answer) =>
        incoming.url?.includes('partNumber=1') === true && failed++ === 0 && refuse(incoming, answer, 504),
    );
    assert.equal(check.details['failed'], undefined, JSON.stringify(check));
    assert.equal(seen.filter((line) => line.includes('partNumber=1')).length, 2);
  });

  it('parts that never arrive: the step is named, the upload forgotten, the files removed', async () => {
    const { check } = await probed(
      (incoming, answer) => incoming.url?.includes('partNumber=') === true && refuse(incoming, answer, 413),
    );
    assert.equal(check.details['failed'], 'multipart');
    assert.equal(check.details['left_behind'], null);
    assert.deepEqual(left(), []);
  });

  it('other keys: 4, the variables by name', async () => {
    const { check } = await probed(fine, { AWS_SECRET_ACCESS_KEY: 'another-secret' });
    assert.deepEqual([check.exit_code, check.details['failed']], [4, 'put']);
    assert.match(check.hint ?? '', /AWS_SECRET_ACCESS_KEY/);
    assert.ok(!JSON.stringify(check).includes('another-secret'));
  });

  it('a clock that S3 refuses: the clock is what to set', async () => {
    const body = '<Error><Code>RequestTimeTooSkewed</Code><Message>too far apart</Message></Error>';
    const { check } = await probed((incoming, answer) => refuse(incoming, answer, 403, body));
    assert.equal(check.exit_code, 4);
    assert.match(check.hint ?? '', /clock/);
  });

  it('other bytes than were written: found, and removed', async () => {
    const { check } = await probed((incoming, answer) => {
      if (incoming.method !== 'GET' || incoming.url?.includes('list-type')) return false;
      return refuse(incoming, answer, 200, 'x'.repeat(4096));
    });
    assert.deepEqual([check.details['failed'], check.status], ['get', 'fail']);
    assert.match(check.message, /other bytes came back/);
    assert.deepEqual(left(), []);
  });

  it('keys that may write and not delete: says what is left behind', async () => {
    const { check } = await probed((incoming, answer) => incoming.method === 'DELETE' && refuse(incoming, answer, 403));
    assert.equal(check.details['failed'], 'delete');
    assert.match(String(check.details['left_behind']), /^\.mlctl-doctor-/);
    assert.ok(left().length > 0);
    const world = testWorld({ env });
    await (await openArtifacts(location, { world, trackingUri: null })).remove(String(check.details['left_behind']));
    assert.deepEqual(left(), []);
  });

  it('stopped half-way: what was written is removed all the same', async () => {
    const world = testWorld({ now: Date.now });
    const server = await open(
      forwardTo(target, (incoming) => {
        if (incoming.method !== 'GET' || incoming.url?.includes('list-type') || world.signal.aborted) return false;
        world.stop(new MlctlError('DEADLINE_PASSED', 'the deadline passed'));
        return true;
      }),
    );
    const stopped = { ...world, env: { ...env, MLFLOW_S3_ENDPOINT_URL: server.url } };
    const check = await probe(stopped, location);
    assert.deepEqual([check.details?.['failed'], check.details?.['code']], ['get', 'DEADLINE_PASSED']);
    assert.deepEqual(left(), []);
  });
});
