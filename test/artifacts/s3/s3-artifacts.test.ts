// S3 as an artifact store, against small servers that misbehave. The real one is in test/interop/remote.test.ts.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { openArtifacts } from '../../../src/artifacts/open.js';
import { openS3Client, silenceMs } from '../../../src/artifacts/s3/s3-client.js';
import { s3Settings } from '../../../src/artifacts/s3/s3-settings.js';
import { downloadTree } from '../../../src/artifacts/transfer.js';
import { MlctlError } from '../../../src/errors/error.js';
import { type Asked, httpServer, type Respond } from '../../support/http-server.js';
import { scratch } from '../../support/paths.js';
import { testWorld } from '../../support/worlds.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const SECRET = 'c4naryS3cretKey';
const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  assert.ok(!`${error.message} ${error.hint} ${JSON.stringify(error.details)}`.includes(SECRET));
  return true;
};

async function open(respond: Respond, env: Record<string, string> = {}, location = 's3://bucket/root') {
  const server = await httpServer(respond);
  const world = testWorld({
    env: {
      HOME: scratch(),
      MLFLOW_S3_ENDPOINT_URL: server.url,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '3',
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01',
      MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.01',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: SECRET,
      ...env,
    },
  });
  return { server, world, store: await openArtifacts(location, { world, trackingUri: null }) };
}

const xml = (response: ServerResponse, body: string, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
};
const fault = (name: string) =>
  `<Error><Code>${name}</Code><Message>the Signature=${SECRET} is wrong</Message></Error>`;
const isList = (asked: Asked): boolean => asked.url.includes('list-type=2');

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

test('a cut download continues where it broke, with the same object', async (t) => {
  const content = randomBytes(200_000);
  let etag = '"1"';
  const { server, store } = await open((asked, response) => {
    const from = Number(/^bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
    if (asked.headers['if-match'] !== undefined && asked.headers['if-match'] !== etag)
      return xml(response, fault('PreconditionFailed'), 412);
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      'content-length': content.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    response.write(content.subarray(from, from + 80_000), () => {
      if (from + 80_000 >= content.length) response.end();
      else response.destroy();
    });
  });
  t.after(() => server.close());
  assert.equal(Buffer.compare(await bytesOf(await store.read('f')), content), 0);
  assert.deepEqual(
    server.asked.map((asked) => [asked.url.split('?')[0], asked.headers['if-match']]),
    [
      ['/bucket/root/f', undefined],
      ['/bucket/root/f', '"1"'],
      ['/bucket/root/f', '"1"'],
    ],
  );
  const chunks = await store.read('f');
  etag = '"2"';
  await assert.rejects(bytesOf(chunks), code('INTEGRITY_MISMATCH'));
});

test('refusals by kind; a busy server is retried', async (t) => {
  for (const [name, status, wanted] of [
    ['NoSuchKey', 404, 'ARTIFACT_NOT_FOUND'],
    ['NoSuchBucket', 404, 'ARTIFACT_NOT_FOUND'],
    ['InvalidAccessKeyId', 403, 'UNAUTHENTICATED'],
    ['XAdminUserNotFound', 404, 'UNAUTHENTICATED'],
    ['SignatureDoesNotMatch', 403, 'UNAUTHENTICATED'],
    ['ExpiredToken', 400, 'UNAUTHENTICATED'],
    ['AccessDenied', 403, 'PERMISSION_DENIED'],
    ['PermanentRedirect', 301, 'CONFIG_INVALID'],
    ['InternalError', 500, 'REMOTE_REFUSED'],
    ['Whatever', 418, 'REMOTE_REFUSED'],
  ] as const) {
    const { server, store } = await open((_, response) => xml(response, fault(name), status));
    t.after(() => server.close());
    await assert.rejects(store.read('f'), code(wanted), name);
    assert.equal(server.asked.length, status === 500 ? 4 : 1, name);
  }
  let busy = 2;
  const { server, store } = await open((_, response) =>
    busy-- > 0 ? xml(response, fault('SlowDown'), 503) : response.end('ok'),
  );
  t.after(() => server.close());
  assert.equal(String(await bytesOf(await store.read('f'))), 'ok');
});

test('the wait before a retry ends when the command is stopped, and is reported', async (t) => {
  const { server, world } = await open((_, response) => xml(response, fault('SlowDown'), 503));
  t.after(() => server.close());
  const { notes } = world;
  const patient = {
    ...world,
    env: { ...world.env, MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '100', MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '100' },
  };
  const store = await openArtifacts('s3://bucket/root', { world: patient, trackingUri: null });
  const reading = assert.rejects(store.read('f'), code('DEADLINE_PASSED'));
  while (notes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.match(notes[0] ?? '', /^S3 at 127\.0\.0\.1:\d+: .*; trying again in \d+\.\d s$/);
  world.stop(new MlctlError('DEADLINE_PASSED', 'the deadline of the test'));
  const asked = performance.now();
  await reading;
  assert.ok(performance.now() - asked < 3000);
  assert.equal(server.asked.length, 1);
});

test('credentials go to the endpoint alone: a redirect is not followed', async (t) => {
  const thief = await httpServer((_, response) => response.end('x'));
  const { server, store } = await open((_, response) => response.writeHead(307, { location: `${thief.url}/x` }).end());
  t.after(() => {
    thief.close();
    server.close();
  });
  await assert.rejects(store.read('f'), MlctlError);
  await assert.rejects(store.write('f', { bytes: new Uint8Array(2) }), MlctlError);
  assert.deepEqual(thief.asked, []);
});

test('lists: all pages are read, endless ones and hostile keys are refused', async (t) => {
  const key = (name: string) => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`;
  let page = 0;
  const paged = await open((asked, response) => {
    assert.equal(new URL(asked.url, 'http://x').searchParams.get('prefix'), 'root/m/');
    page += 1;
    xml(
      response,
      `<ListBucketResult><IsTruncated>${page < 3}</IsTruncated>${key(`root/m/${page}`)}<CommonPrefixes><Prefix>root/m/d${page}/</Prefix></CommonPrefixes>${page < 3 ? `<NextContinuationToken>t${page}</NextContinuationToken>` : ''}</ListBucketResult>`,
    );
  });
  t.after(() => paged.server.close());
  assert.deepEqual(
    (await paged.store.list('m')).map((entry) => [entry.path, entry.isDirectory]),
    [
      ['m/1', false],
      ['m/2', false],
      ['m/3', false],
      ['m/d1', true],
      ['m/d2', true],
      ['m/d3', true],
    ],
  );
  for (const token of [() => 'same', () => randomBytes(6).toString('hex')]) {
    const { server, store } = await open((_, response) =>
      xml(
        response,
        `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>${token()}</NextContinuationToken></ListBucketResult>`,
      ),
    );
    t.after(() => server.close());
    await assert.rejects(store.list('m'), code('REMOTE_LIMIT'));
  }
  for (const name of ['root/m/../../x', 'root/m//x', 'root/m/..', 'other/x', 'root/m/a\\b', 'root/m/%2e%2e/x']) {
    const { server, store } = await open((asked, response) =>
      isList(asked) ? xml(response, `<ListBucketResult>${key(name)}</ListBucketResult>`) : response.end('x'),
    );
    t.after(() => server.close());
    await assert.rejects(downloadTree(store, 'm', scratch()), code('PATH_REFUSED'), name);
  }
});

test('what is sent: signed, path-style, plain bodies without framing; settings are passed on', async (t) => {
  const { server, store } = await open((_, response) => response.writeHead(200, { etag: '"e"' }).end(), {
    MLFLOW_S3_EXPECTED_BUCKET_OWNER: '123',
    MLFLOW_S3_UPLOAD_EXTRA_ARGS: '{"ServerSideEncryption":"aws:kms","SSEKMSKeyId":"k"}',
    AWS_SESSION_TOKEN: 'session',
  });
  t.after(() => server.close());
  const file = join(scratch(), 'f');
  writeFileSync(file, 'from a file');
  await store.write('a b/ü.txt', { bytes: Buffer.from('hello') });
  await store.write('f', { file });
  const [first, second] = server.asked;
  assert.equal(first?.url.split('?')[0], '/bucket/root/a%20b/%C3%BC.txt');
  assert.deepEqual([first?.body, second?.body], ['hello', 'from a file']);
  assert.match(
    first?.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/s3/,
  );
  assert.equal(first?.headers['x-amz-security-token'], 'session');
  assert.equal(first?.headers['x-amz-expected-bucket-owner'], '123');
  assert.equal(first?.headers['x-amz-server-side-encryption'], 'aws:kms');
  assert.equal(first?.headers['x-amz-checksum-crc32'], undefined);
  assert.equal(first?.headers['content-encoding'], undefined);
});

test('a failed upload in parts is discarded', async (t) => {
  const file = join(scratch(), 'f');
  writeFileSync(file, Buffer.alloc(65 * 1024 * 1024));
  const { server, store } = await open((asked, response) => {
    if (asked.method === 'POST')
      return xml(response, '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
    if (asked.method === 'PUT' && asked.url.includes('partNumber=2')) return xml(response, fault('AccessDenied'), 403);
    response.writeHead(asked.method === 'DELETE' ? 204 : 200, { etag: '"e"' }).end();
  });
  t.after(() => server.close());
  await assert.rejects(store.write('f', { file }), code('PERMISSION_DENIED'));
  assert.match(server.asked.at(-1)?.url ?? '', /uploadId=u1/);
  assert.equal(server.asked.at(-1)?.method, 'DELETE');
});

/** Writes for as long as somebody takes it. */
function pour(response: ServerResponse, head: string, chunk: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.write(head);
  const more = () => {
    while (response.write(chunk));
  };
  response.on('drain', more);
  more();
}

test('endless or senseless answers are refused for every request, and cost little', async (t) => {
  const head = '<?xml version="1.0"?><ListBucketResult><Contents><Key>';
  const tags = (one: string, times: number) => one.repeat(times);
  const file = join(scratch(), 'f');
  writeFileSync(file, Buffer.alloc(65 * 1024 * 1024));
  const cases: readonly (readonly [string, Respond])[] = [
    ['a key', (_, response) => pour(response, head, 'k'.repeat(65_536))],
    ['an error', (_, response) => pour(response, '<Error><Message>', 'm'.repeat(65_536), 400)],
    ['elements', (_, response) => xml(response, `<ListBucketResult>${tags('<a/>', 1e6)}</ListBucketResult>`)],
    ['depth', (_, response) => xml(response, `<ListBucketResult>${tags('<a>', 1e5)}`)],
    ['nothing that is closed', (_, response) => xml(response, tags('<', 1e6))],
  ];
  for (const [title, respond] of cases) {
    const { server, store } = await open(respond);
    t.after(() => server.close());
    const before = process.memoryUsage().rss;
    const works = [() => store.list(''), () => store.write('f', { file }), () => store.remove('x')];
    for (const work of title === 'an error' ? [...works, () => store.read('f').then(bytesOf)] : works)
      await assert.rejects(
        work(),
        (error: MlctlError) => error instanceof MlctlError && /^REMOTE_/.test(error.code),
        `${title}: ${work}`,
      );
    if (title !== 'nothing that is closed') await assert.rejects(store.list(''), code('REMOTE_LIMIT'), title);
    assert.ok(process.memoryUsage().rss - before < 400e6, title);
  }
});

test('a list without a size, or with an impossible one, is refused', async (t) => {
  for (const size of ['', '<Size>-1</Size>', '<Size>1e300</Size>', '<Size>1.5</Size>', '<Size>many</Size>']) {
    const { server, store } = await open((_, response) =>
      xml(response, `<ListBucketResult><Contents><Key>root/a</Key>${size}</Contents></ListBucketResult>`),
    );
    t.after(() => server.close());
    await assert.rejects(store.list(''), code('REMOTE_REFUSED'), size);
  }
});

test('two uploads in parts at once keep their checksums apart, and announce them', async (t) => {
  const folder = scratch();
  const { server, store } = await open(
    (asked, response) => {
      if (asked.method === 'POST' && asked.url.includes('uploads'))
        return xml(response, '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
      if (asked.method === 'PUT') {
        const key = asked.url.includes('/root/a') ? 'a' : 'b';
        const number = /partNumber=(\d+)/.exec(asked.url)?.[1];
        response.writeHead(200, { etag: '"e"', 'x-amz-checksum-crc32': `${key}${number}` }).end();
        return;
      }
      xml(response, '<CompleteMultipartUploadResult/>');
    },
    { AWS_REQUEST_CHECKSUM_CALCULATION: 'when_supported' },
  );
  t.after(() => server.close());
  await Promise.all(
    ['a', 'b'].map(async (name) => {
      writeFileSync(join(folder, name), Buffer.alloc(11_000_000));
      let sent = 0;
      let inParts = 0;
      const wentInParts = () => {
        inParts += 1;
      };
      const source = { file: join(folder, name), inParts: true, wentInParts };
      await store.write(name, source, (count) => {
        sent += count;
      });
      assert.deepEqual([sent, inParts], [11_000_000, 1]);
    }),
  );
  const begun = server.asked.filter((asked) => asked.url.includes('uploads'));
  assert.deepEqual(
    begun.map((asked) => asked.headers['x-amz-checksum-algorithm']),
    ['CRC32', 'CRC32'],
  );
  for (const name of ['a', 'b']) {
    const done = server.asked.find((asked) => asked.method === 'POST' && asked.url.includes(`/root/${name}?uploadId`));
    const sums = [...(done?.body ?? '').matchAll(/<ChecksumCRC32>(.*?)<\/ChecksumCRC32>/g)].map(([, sum]) => sum);
    assert.deepEqual(sums, [`${name}1`, `${name}2`, `${name}3`]);
    assert.equal(done?.body.match(/<ETag>(?:&quot;|")e(?:&quot;|")<\/ETag>/g)?.length, 3, done?.body);
  }
});

test('endpoint and region of the AWS profile are used if the environment has none; a missing profile is an error with its name', async (t) => {
  const { server } = await open((_, response) => xml(response, '<ListBucketResult/>'));
  t.after(() => server.close());
  const home = scratch();
  mkdirSync(join(home, '.aws'));
  writeFileSync(
    join(home, '.aws', 'config'),
    [
      `[profile plain]\nendpoint_url = ${server.url}\nregion = eu-west-3`,
      `[profile apart]\nservices = mine\nregion = eu-west-4`,
      `[services mine]\ns3 =\n  endpoint_url = ${server.url}`,
      `[profile wrong]\nendpoint_url = minio:9000`,
    ].join('\n'),
  );
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET };
  const list = async (env: Record<string, string>) => {
    const world = testWorld({ env: { HOME: home, ...env } });
    return (await openArtifacts('s3://bucket', { world, trackingUri: null })).list('');
  };
  for (const [AWS_PROFILE, region] of [
    ['plain', 'eu-west-3'],
    ['apart', 'eu-west-4'],
  ] as const) {
    assert.deepEqual(await list({ AWS_PROFILE, ...keys }), []);
    assert.match(String(server.asked.at(-1)?.headers.authorization), new RegExp(`/${region}/s3/`));
    assert.match(String(server.asked.at(-1)?.url), /^\/bucket\//);
  }
  assert.deepEqual(await list({ AWS_PROFILE: 'plain', AWS_REGION: 'eu-west-5', ...keys }), []);
  assert.match(String(server.asked.at(-1)?.headers.authorization), /\/eu-west-5\/s3\//);
  await assert.rejects(list({ AWS_PROFILE: 'wrong', ...keys }), { code: 'CONFIG_INVALID', hint: /endpoint_url/ });
  for (const AWS_PROFILE of ['nothere', '__proto__'])
    await assert.rejects(list({ AWS_PROFILE }), { code: 'CONFIG_INVALID', message: new RegExp(AWS_PROFILE) });
});

test('plain http goes through a proxy with the whole address, also with large bodies; only the proxy gets its sign-in', async (t) => {
  const proxy = await httpServer((asked, response) =>
    isList(asked) ? xml(response, '<ListBucketResult/>') : response.writeHead(200, { etag: '"e"' }).end(),
  );
  t.after(() => proxy.close());
  const env = { MLFLOW_S3_ENDPOINT_URL: 'http://s3.example:9000', HTTP_PROXY: proxy.url.replace('//', '//u:p@') };
  const { server, store } = await open((_, response) => response.end(), env);
  t.after(() => server.close());
  assert.deepEqual(await store.list(''), []);
  await store.write('f', { bytes: Buffer.alloc(5_000_000) });
  assert.deepEqual(await store.list(''), []);
  assert.equal(server.asked.length, 0);
  for (const asked of proxy.asked) {
    assert.match(asked.url, /^http:\/\/s3\.example:9000\/bucket/);
    assert.equal(asked.headers.host, 's3.example:9000');
    assert.equal(asked.headers['proxy-authorization'], `Basic ${btoa('u:p')}`);
  }
  assert.equal(proxy.asked[1]?.body.length, 5_000_000);
});

test('settings', async () => {
  const home = scratch();
  const settings = (env: Record<string, string>) => s3Settings({ HOME: home, ...env });
  assert.deepEqual(await settings({}), {
    endpoint: null,
    endpointFrom: null,
    region: 'us-east-1',
    regionFrom: null,
    pathStyle: false,
    ignoreTls: false,
    caFile: null,
    checksums: 'WHEN_SUPPORTED',
    credentialsFrom: 'the default chain of AWS',
  });
  const own = await settings({ MLFLOW_S3_ENDPOINT_URL: 'http://minio:9000', AWS_DEFAULT_REGION: 'eu-west-1' });
  assert.deepEqual([own.pathStyle, own.checksums, own.region], [true, 'WHEN_REQUIRED', 'eu-west-1']);
  const aws = await settings({
    AWS_ENDPOINT_URL: 'https://s3.eu-west-1.amazonaws.com',
    AWS_REGION: 'a',
    AWS_DEFAULT_REGION: 'b',
  });
  assert.deepEqual([aws.pathStyle, aws.checksums, aws.region], [false, 'WHEN_SUPPORTED', 'a']);
  assert.equal(
    (await settings({ MLFLOW_S3_ENDPOINT_URL: 'http://x', MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: 'virtual' })).pathStyle,
    false,
  );
  assert.equal(
    (await settings({ AWS_ENDPOINT_URL: 'http://x', AWS_REQUEST_CHECKSUM_CALCULATION: 'when_supported' })).checksums,
    'WHEN_SUPPORTED',
  );
  const named = { AWS_ENDPOINT_URL: 'http://c', AWS_ENDPOINT_URL_S3: 'http://b', MLFLOW_S3_ENDPOINT_URL: 'http://a' };
  for (const [count, endpoint] of ['http://c', 'http://b', 'http://a'].entries()) {
    const env = Object.fromEntries(Object.entries(named).slice(0, count + 1));
    assert.equal((await settings(env)).endpoint, endpoint);
  }
  assert.equal((await settings({ MLFLOW_S3_ENDPOINT_URL: 'http://evilamazonaws.com' })).checksums, 'WHEN_REQUIRED');
  for (const env of [
    { MLFLOW_S3_ENDPOINT_URL: 'minio:9000' },
    { MLFLOW_S3_ENDPOINT_URL: 'ftp://x' },
    { MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: 'sideways' },
  ])
    await assert.rejects(settings(env), code('CONFIG_INVALID'));
});

test('the client: AWS itself without an endpoint, no network if it is off, and what it cannot trust or pass', async () => {
  const opened = async (env: Record<string, string>) => {
    const world = testWorld({ env: { HOME: scratch(), ...env } });
    return { world, ...(await openS3Client(world)) };
  };
  const aws = await opened({ AWS_REGION: 'eu-west-1', HTTPS_PROXY: 'http://proxy:3128' });
  assert.deepEqual([aws.settings.endpoint, await aws.client.config.region(), aws.world.notes], [null, 'eu-west-1', []]);
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: SECRET };
  assert.equal((await (await opened(keys)).client.config.credentials()).sessionToken, undefined);
  const own = await opened({ ...keys, AWS_SESSION_TOKEN: 'token', MLFLOW_S3_IGNORE_TLS: 'true' });
  const { accessKeyId, secretAccessKey, sessionToken } = await own.client.config.credentials();
  assert.deepEqual([accessKeyId, secretAccessKey, sessionToken], ['id', SECRET, 'token']);
  assert.match(own.world.notes.join(), /^warning: MLFLOW_S3_IGNORE_TLS: the certificate/);
  await assert.rejects(opened({ MLCTL_OFFLINE: 'true' }), { code: 'OFFLINE', message: /needs S3/ });
  await assert.rejects(opened({ AWS_CA_BUNDLE: '/none.pem' }), {
    code: 'CONFIG_INVALID',
    message: /names \/none\.pem/,
  });
  const plain = { MLFLOW_S3_ENDPOINT_URL: 'http://s3.example', HTTP_PROXY: 'https://proxy' };
  await assert.rejects(opened(plain), { code: 'CONFIG_INVALID', hint: /add s3\.example to NO_PROXY/ });
  await opened({ ...plain, NO_PROXY: 's3.example' });
  const silence = (seconds?: string) =>
    silenceMs(seconds === undefined ? {} : { MLFLOW_HTTP_REQUEST_TIMEOUT: seconds });
  assert.deepEqual([silence('5'), silence('60'), silence('61')], [5000, 60_000, 60_000]);
});

test('a whole bucket as a store: what is at its top, what is below a folder, and what is removed', async (t) => {
  const keys = ['f', 'm/', 'm/a', 'm/d/', 'm/d/b', 'mm/c'];
  const { server, store } = await open(
    (asked, response) => {
      if (!isList(asked)) return void response.writeHead(asked.method === 'DELETE' ? 204 : 200, { etag: '"e"' }).end();
      const query = new URL(asked.url, 'http://x').searchParams;
      const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter')];
      const below = keys.filter((key) => key.startsWith(prefix));
      const isDeep = (key: string) => delimiter !== null && key.slice(prefix.length).includes('/');
      const folders = new Set(below.filter(isDeep).map((key) => key.slice(0, key.indexOf('/', prefix.length) + 1)));
      const contents = below.filter((key) => !isDeep(key));
      xml(
        response,
        `<ListBucketResult>${contents.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('')}${[
          ...folders,
        ]
          .map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`)
          .join('')}</ListBucketResult>`,
      );
    },
    {},
    's3://bucket/',
  );
  t.after(() => server.close());
  const list = async (path: string) => (await store.list(path)).map((entry) => [entry.path, entry.size]);
  assert.deepEqual(await list(''), [
    ['f', 1],
    ['m', null],
    ['mm', null],
  ]);
  assert.deepEqual(await list('m'), [
    ['m/a', 1],
    ['m/d', null],
  ]);
  await store.remove('m');
  assert.deepEqual(
    server.asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url.split('?')[0]),
    ['/bucket/m', '/bucket/m/', '/bucket/m/a', '/bucket/m/d/', '/bucket/m/d/b'],
  );
  const before = server.asked.length;
  await assert.rejects(store.remove(''), { code: 'PATH_REFUSED' });
  assert.equal(server.asked.length, before);
});

test('extra arguments that cannot be passed on are refused, never dropped', async (t) => {
  for (const text of ['no json', '[1]', '{"SSECustomerKey":"x"}', '{"Body":"x"}'])
    await assert.rejects(
      open((_, response) => response.end(), { MLFLOW_S3_UPLOAD_EXTRA_ARGS: text }).then(({ server }) =>
        t.after(() => server.close()),
      ),
      code('CONFIG_INVALID'),
      text,
    );
  for (const location of ['s3:///x', 's3://', 's3://b/../x', 's3://b/%2e%2e/x'])
    await assert.rejects(
      open((_, response) => response.end(), {}, location).then(({ server }) => server.close()),
      MlctlError,
      location,
    );
});
