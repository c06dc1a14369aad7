// Artifacts through an MLflow server, against small servers that misbehave in every way a real one, or a hostile one, can.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { openArtifacts } from '../../../src/artifacts/open.js';
import { downloadTree, uploadTree } from '../../../src/artifacts/transfer.js';
import { MlctlError } from '../../../src/errors/error.js';
import { addressRule } from '../../../src/http/addresses.js';
import { openHttp } from '../../../src/http/open-http.js';
import { STORAGE_ADVICE } from '../../../src/mlflow-server/advice.js';
import { retrySettings } from '../../../src/settings/retry-settings.js';
import { type Asked, httpServer, json, type TestServer } from '../../support/http-server.js';
import { scratch } from '../../support/paths.js';
import { testWorld } from '../../support/worlds.js';

const BASE = '/api/2.0/mlflow-artifacts';
const SECRET = 'c4nary-s3cret';
const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  assert.ok(!`${error.message} ${error.hint} ${JSON.stringify(error.details)}`.includes(SECRET));
  return true;
};

async function open(
  server: TestServer,
  env: Record<string, string> = {},
  location = 'mlflow-artifacts:/1/run/artifacts',
) {
  const world = testWorld({
    env: {
      HOME: scratch(),
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01',
      MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.01',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '2',
      MLFLOW_TRACKING_TOKEN: SECRET,
      ...env,
    },
  });
  return { world, store: await openArtifacts(location, { world, trackingUri: server.url }) };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const listing = (asked: Asked): string | null =>
  asked.url.startsWith(`${BASE}/artifacts?`) ? new URL(asked.url, 'http://x').searchParams.get('path') : null;

describe('reading', () => {
  const content = randomBytes(300_000);
  /** Serves ranges of `content`, and cuts each answer after `cut` bytes. */
  const cutting = (
    response: ServerResponse,
    asked: Asked,
    cut: number,
    options: { etag?: string; ranges?: boolean } = {},
  ) => {
    const from = options.ranges === false ? 0 : Number(/^bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': content.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
      ...(options.etag ? { etag: options.etag } : {}),
    });
    response.write(content.subarray(from, Math.min(content.length, from + cut)), () => {
      if (from + cut >= content.length) response.end();
      else response.destroy();
    });
  };

  test('a cut download continues where it broke, and is the same', async (t) => {
    const server = await httpServer((asked, response) => cutting(response, asked, 70_000, { etag: '"1"' }));
    t.after(() => server.close());
    const { store } = await open(server);
    assert.equal(Buffer.compare(await bytesOf(await store.read('f')), content), 0);
    assert.deepEqual(
      server.asked.map((asked) => asked.headers['if-range']),
      [undefined, '"1"', '"1"', '"1"', '"1"'],
    );
    assert.equal(
      Buffer.compare(await bytesOf(await store.read('f', { offset: 299_990 })), content.subarray(299_990)),
      0,
    );
  });

  test('a server without ranges: bytes that arrived before are skipped', async (t) => {
    let cuts = 3;
    const server = await httpServer((asked, response) =>
      cutting(response, asked, cuts-- > 0 ? 100_000 : content.length, { ranges: false }),
    );
    t.after(() => server.close());
    const { store } = await open(server);
    assert.equal(Buffer.compare(await bytesOf(await store.read('f')), content), 0);
  });

  test('a file that changes between two parts is refused', async (t) => {
    let version = 0;
    const server = await httpServer((asked, response) => cutting(response, asked, 70_000, { etag: `"${version++}"` }));
    t.after(() => server.close());
    const { store } = await open(server);
    await assert.rejects(store.read('f').then(bytesOf), code('INTEGRITY_MISMATCH'));
  });

  test('endless cuts are an error', async (t) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 5);
    });
    t.after(() => server.close());
    const { store } = await open(server);
    await assert.rejects(store.read('f').then(bytesOf), code('REMOTE_UNREACHABLE'));
  });

  test('a missing file is reported: by 404, or by the 500 of a server over S3', async (t) => {
    for (const status of [404, 500]) {
      const server = await httpServer((asked, response) =>
        listing(asked) === null
          ? json(
              response,
              { error_code: status === 404 ? 'RESOURCE_DOES_NOT_EXIST' : 'INTERNAL_ERROR', message: 'x' },
              status,
            )
          : json(response, { files: [{ path: 'other', is_dir: false, file_size: 1 }] }),
      );
      t.after(() => server.close());
      const { store } = await open(server);
      await assert.rejects(store.read('a/f'), code('ARTIFACT_NOT_FOUND'));
    }
  });

  test('a temporary 500 for an existing file is retried', async (t) => {
    let failures = 2;
    const server = await httpServer((asked, response) => {
      if (listing(asked) !== null) return json(response, { files: [{ path: 'f', is_dir: false, file_size: 2 }] });
      if (failures-- > 0) return json(response, { error_code: 'INTERNAL_ERROR', message: 'x' }, 500);
      response.end('ok');
    });
    t.after(() => server.close());
    const { store } = await open(server);
    assert.equal(String(await bytesOf(await store.read('f'))), 'ok');
  });
});

test('refusals are distinguished: sign-in, permission, host name, a server that serves no artifacts', async (t) => {
  for (const [status, body, wanted] of [
    [401, 'no', 'UNAUTHENTICATED'],
    [403, 'Permission denied', 'PERMISSION_DENIED'],
    [403, 'Invalid Host header - possible DNS rebinding attack detected', 'HOST_HEADER_REFUSED'],
    [
      503,
      '{"detail":"Endpoint: /x disabled due to the mlflow server running in `--no-serve-artifacts` mode."}',
      'REMOTE_REFUSED',
    ],
    [500, `<html>Bearer ${SECRET}</html>`, 'REMOTE_REFUSED'],
    [400, '{"detail":"Invalid path"}', 'REMOTE_REFUSED'],
  ] as const) {
    const server = await httpServer((_, response) => response.writeHead(status).end(body));
    t.after(() => server.close());
    const { store } = await open(server);
    await assert.rejects(store.list(''), code(wanted));
    assert.equal(server.asked.length, status === 500 ? 3 : 1, `${status}`);
    await assert.rejects(store.write('f', { bytes: new Uint8Array(3) }), code(wanted));
    await assert.rejects(store.remove('f'), code(wanted));
  }
});

test('locations on another host, or that leave their folder, are refused before anything is asked', async (t) => {
  const server = await httpServer((_, response) => json(response, {}));
  t.after(() => server.close());
  for (const [location, wanted] of [
    ['mlflow-artifacts://evil.example/1', 'REMOTE_REFUSED'],
    ['mlflow-artifacts://127.0.0.1:1/1', 'REMOTE_REFUSED'],
    ['mlflow-artifacts:/1/../../../x', 'PATH_REFUSED'],
    ['mlflow-artifacts:/1/%2e%2e/x', 'PATH_REFUSED'],
    ['mlflow-artifacts:/1\\..\\x', 'PATH_REFUSED'],
  ] as const)
    await assert.rejects(open(server, {}, location), code(wanted), location);
  const { store } = await open(server, {}, `mlflow-artifacts://127.0.0.1:${server.port}/1/a b`);
  await store.list('c');
  assert.deepEqual(server.asked.map(listing), ['1/a b/c']);
  for (const name of ['a#b', 'a%20b', 'x%2F'])
    await assert.rejects(store.write(name, { bytes: new Uint8Array() }), code('PATH_REFUSED'));
});

const NAMES = [
  ...[
    '../x',
    'a/../../x',
    '..\\x',
    '%2e%2e/x',
    '%2e%2e',
    '%252e%252e%252fx',
    '....//x',
    '/abs',
    '//abs',
    'C:\\x',
    'C:/x',
    '\\\\unc\\x',
  ],
  ...[
    'file:///etc/passwd',
    'http://h/x',
    '~/.ssh/x',
    '~',
    'nul\0x',
    'cr\rx',
    'lf\nx',
    '.',
    '..',
    '',
    'a//b',
    'a/./b',
    './a',
    'a/',
  ],
  ...[
    'dot.',
    'space ',
    ' lead',
    'x'.repeat(300),
    `${'y/'.repeat(2500)}z`,
    '․․/x',
    '．．/x',
    '／etc',
    '∕x',
    '⁄x',
    '\u202ex',
    '\u200bx',
  ],
  ...[
    '..;/x',
    '..%00/x',
    '%00',
    '..%c0%af..',
    '..%5cx',
    '%5c..%5cx',
    '..%255c',
    'a\\b',
    'a/b',
    'a/b/c',
    '..//..//x',
    '. .',
    '...',
    '.. /x',
  ],
  ...[
    '\u001b]0;x\u0007',
    '\u007f',
    '\ufeffx',
    'x\u0000.txt',
    '/../x',
    '../',
    '..\u2216x',
    'a/..',
    '\u2028x',
    '%2F..%2Fx',
  ],
];

test(`${NAMES.length} names from a hostile server: nothing is written outside, nothing is requested elsewhere`, async (t) => {
  const top = scratch();
  const target = join(top, 'in', 'side');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(top, 'canary'), 'c');
  let name = '';
  const server = await httpServer((asked, response) => {
    const path = listing(asked);
    if (path === '1/run/artifacts/m')
      return json(response, {
        files: [
          { path: name, is_dir: false, file_size: 1 },
          { path: 'good', is_dir: false, file_size: 1 },
        ],
      });
    if (path !== null) return json(response, { files: [] });
    response.end('x');
  });
  t.after(() => server.close());
  const { store } = await open(server);
  for (const one of NAMES) {
    name = one;
    const refused = await downloadTree(store, 'm', target).then(
      () => false,
      (error) => error instanceof MlctlError,
    );
    // A look-alike that is no separator to anyone is a name like any other.
    assert.ok(refused || one === '..\u2216x', JSON.stringify(one));
    assert.deepEqual(readdirSync(target).sort(), refused ? [] : [one, 'good'], JSON.stringify(one));
    for (const made of readdirSync(target)) rmSync(join(target, made));
  }
  assert.deepEqual([readdirSync(top).sort(), readdirSync(dirname(target))], [['canary', 'in'], ['side']]);
  assert.equal(readFileSync(join(top, 'canary'), 'utf8'), 'c');
  assert.ok(
    server.asked.every((asked) => asked.url.startsWith(BASE) && /run(%2F|\/)artifacts(%2F|\/)m/.test(asked.url)),
  );
});

test('false lists are refused: loops, a million entries, depth, a file that is a folder, sizes, no JSON', async (t) => {
  const file = (path: string, file_size: unknown = 1) => ({ path, is_dir: false, file_size });
  for (const [title, answer, wanted] of [
    ['a folder inside itself', () => ({ files: [{ path: 'd', is_dir: true }] }), /LIMIT_EXCEEDED|PATH_REFUSED/],
    ['too many', () => ({ files: Array.from({ length: 1_000_000 }, (_, i) => file(`${i}`)) }), /LIMIT/],
    [
      'a file and a folder of one name',
      (path: string) => ({ files: path.endsWith('m') ? [file('a'), { path: 'a', is_dir: true }] : [file('b')] }),
      'PATH_REFUSED',
    ],
    ['names that differ by case', () => ({ files: [file('a'), file('A')] }), 'PATH_REFUSED'],
    ['another size than comes', () => ({ files: [file('a', 7)] }), 'INTEGRITY_MISMATCH'],
    ...[-1, 1e300, 1.5, {}, [1], 'many', Number.MAX_SAFE_INTEGER, true].map(
      (size) => [`the size ${JSON.stringify(size)}`, () => ({ files: [file('a', size)] }), 'REMOTE_REFUSED'] as const,
    ),
    ['bytes where no size is listed', () => ({ files: [{ path: 'a', is_dir: false }] }), 'INTEGRITY_MISMATCH'],
    ['more than the disk holds', () => ({ files: [file('a', 2 ** 49)] }), 'FILE_WRITE_FAILED'],
    ['no list', () => ({ files: { a: 1 } }), 'REMOTE_REFUSED'],
    ['no names', () => ({ files: [{}, null, 3] }), 'REMOTE_REFUSED'],
  ] as const) {
    const server = await httpServer((asked, response) => {
      const path = listing(asked);
      if (path === null) return void response.end('x');
      json(response, (answer as (path: string) => unknown)(path));
    });
    t.after(() => server.close());
    const { store } = await open(server);
    const target = scratch();
    await assert.rejects(downloadTree(store, 'm', target), (error) => {
      assert.ok(error instanceof MlctlError, `${title}: ${error}`);
      if (typeof wanted === 'string') assert.equal(error.code, wanted, `${title}: ${error.message}`);
      else assert.match(error.code, wanted);
      return true;
    });
  }
});

test('an endless file on reading back is a different file', { timeout: 20_000 }, async (t) => {
  const server = await httpServer((asked, response) => {
    if (asked.method === 'PUT') return json(response, {});
    const more = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });
  t.after(() => server.close());
  const { store } = await open(server);
  await assert.rejects(uploadTree(store, 'm', new Map([['f', Buffer.from('x')]])), code('INTEGRITY_MISMATCH'));
});

describe('past the proxy', () => {
  /** A server that offers parts and presigned addresses on a storage of its own. */
  async function pair(options: { presignedOnly?: boolean; storageUrl?: string; failPart?: number } = {}) {
    const kept = new Map<string, Buffer>();
    const parts = new Map<number, Buffer>();
    const log: string[] = [];
    let failures = options.failPart === undefined ? 0 : 1;
    const storage = await httpServer((asked, response) => {
      log.push(`storage ${asked.method} ${asked.url}`);
      if (asked.method === 'GET') return void response.writeHead(200, { etag: '"e"' }).end(kept.get('big'));
      const number = Number(asked.url.slice(-1));
      if (number === options.failPart && failures-- > 0) return void response.writeHead(503).end();
      parts.set(number, Buffer.from(asked.body, 'latin1'));
      response.writeHead(200, { etag: `"etag ${number}"` }).end();
    });
    const at = options.storageUrl ?? storage.url;
    const server = await httpServer((asked, response) => {
      log.push(`${asked.method} ${asked.url.replace(BASE, '')}`);
      if (asked.url.endsWith('/server-info'))
        return json(response, { multipart_uploads_enabled: true, multipart_downloads_enabled: true });
      const body = asked.body === '' || asked.method === 'PUT' ? {} : JSON.parse(asked.body);
      if (asked.url.includes('/mpu/create/'))
        return json(response, {
          upload_id: 'u1',
          credentials: Array.from({ length: body.num_parts }, (_, i) => ({
            url: `${at}/part?X-Amz-Signature=${SECRET}&n=${i + 1}`,
            part_number: i + 1,
            headers: { 'x-amz-thing': 'y', authorization: 'stolen', 'x-amz-bad': 'a\r\nb' },
          })),
        });
      if (asked.url.includes('/mpu/complete/')) {
        assert.deepEqual(
          body.parts.map((part: { etag: string }) => part.etag),
          [...parts.keys()].sort().map((n) => `"etag ${n}"`),
        );
        kept.set('big', Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)));
        return json(response, {});
      }
      if (asked.url.includes('/mpu/abort/')) return json(response, {});
      if (asked.url.includes('/presigned/'))
        return json(response, {
          url: `${at}/get?X-Amz-Signature=${SECRET}`,
          headers: {},
          file_size: kept.get('big')?.length,
        });
      if (listing(asked) !== null)
        return json(response, { files: [{ path: 'big', is_dir: false, file_size: kept.get('big')?.length ?? 0 }] });
      if (options.presignedOnly)
        return json(
          response,
          {
            error_code: 'PERMISSION_DENIED',
            message: `This server requires artifacts to be ${asked.method === 'PUT' ? 'uploaded directly to' : 'downloaded directly from'} storage.`,
          },
          403,
        );
      if (asked.method === 'PUT') {
        kept.set('big', Buffer.from(asked.body, 'latin1'));
        return json(response, {});
      }
      response.end(kept.get('big'));
    });
    return { server, storage, log, close: () => void [server.close(), storage.close()] };
  }
  const big = join(scratch(), 'big');
  const bytes = randomBytes(11_000_000);
  writeFileSync(big, bytes);
  const LARGE = { MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: '5000000', MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: '5242880' };

  test('a large file goes in parts, a failed part alone is sent again; it comes back by a presigned address', async (t) => {
    const { server, storage, log, close } = await pair({ failPart: 2 });
    t.after(close);
    const { store } = await open(server, { ...LARGE, MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: 'true' });
    const sent = await uploadTree(store, 'm', new Map([['big', { file: big }]]));
    assert.equal(sent[0]?.size, bytes.length);
    assert.deepEqual(
      storage.asked
        .filter((asked) => asked.method === 'PUT')
        .map((asked) => asked.url.slice(-1))
        .sort(),
      ['1', '2', '2', '3'],
    );
    for (const asked of storage.asked) {
      assert.equal(asked.headers.authorization, undefined);
      assert.equal(asked.headers['x-amz-bad'], undefined);
    }
    assert.equal(storage.asked[0]?.headers['x-amz-thing'], 'y');
    assert.ok(log.includes('GET /presigned/1/run/artifacts/m/big'));
    assert.ok(!log.some((line) => line.startsWith('PUT /artifacts')));
  });

  test('a small file goes through the proxy, without asking for server-info', async (t) => {
    const { server, log, close } = await pair();
    t.after(close);
    const { store } = await open(server);
    await store.write('m/big', { bytes: bytes.subarray(0, 10) });
    assert.equal((await bytesOf(await store.read('m/big'))).length, 10);
    assert.deepEqual(log, ['PUT /artifacts/1/run/artifacts/m/big', 'GET /artifacts/1/run/artifacts/m/big']);
  });

  test('a storage that cannot be reached from here: the file goes through the server, with a note', async (t) => {
    const { server, log, close } = await pair({ storageUrl: 'http://127.0.0.1:9' });
    t.after(close);
    const { world, store } = await open(server, { ...LARGE, MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: 'true' });
    await uploadTree(store, 'm', new Map([['big', { file: big }]]));
    assert.ok(log.includes('POST /mpu/abort/1/run/artifacts/m'));
    assert.match(world.notes.join('\n'), /through the server instead/);
    assert.ok(!world.notes.join().includes(SECRET));
  });

  test('a server without a proxy for files: all files go directly to and from its storage', async (t) => {
    const { server, close } = await pair({ presignedOnly: true });
    t.after(close);
    const { store } = await open(server);
    await uploadTree(store, 'm', new Map([['big', new TextEncoder().encode('small')]]));
    const target = scratch();
    await downloadTree(store, 'm', target);
    assert.equal(readFileSync(join(target, 'big'), 'utf8'), 'small');
  });

  test('addresses that a storage cannot have are not contacted', async (t) => {
    for (const storageUrl of [
      'http://169.254.169.254',
      'http://100.100.100.200',
      'http://[fd00:ec2::254]',
      'http://[64:ff9b::a9fe:a9fe]',
      'http://metadata.google.internal',
      'http://[fe80::1]',
      'http://[::ffff:169.254.169.254]',
      'http://2852039166',
      'file:///etc',
      'ftp://x',
      'http://u:p@127.0.0.1:9',
      'not an address',
    ]) {
      const { server, log, close } = await pair({ storageUrl, presignedOnly: true });
      t.after(close);
      const { store } = await open(server, LARGE);
      await assert.rejects(store.write('m/big', { file: big }), code('REMOTE_REFUSED'), storageUrl);
      await assert.rejects(store.read('m/big').then(bytesOf), code('REMOTE_REFUSED'), storageUrl);
      assert.ok(log.includes('POST /mpu/abort/1/run/artifacts/m'));
    }
  });

  test('a name that resolves to a metadata address is not connected to', async (t) => {
    const server = await httpServer((_, response) => response.end());
    t.after(() => server.close());
    const resolve = (_: string, done: (error: null, found: { address: string; family: number }[]) => void) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ]);
    const { lookup } = addressRule(new URL(server.url), resolve as never);
    const world = testWorld({ env: { HOME: scratch() } });
    const http = openHttp(world, {
      retry: retrySettings({}),
      tls: { insecure: false, ca: null, clientCert: null, lookup },
      userAgent: 'x',
      headers: {},
      refusesRedirects: 'no storage is followed',
      advice: STORAGE_ADVICE,
    });
    const url = new URL(`http://storage.example:${server.port}/`);
    await assert.rejects(http.send({ method: 'GET', url, idempotent: true }), (error: MlctlError) => {
      assert.match(error.message, /storage\.example resolves to 169\.254\.169\.254, which is a link-local/);
      return code('REMOTE_REFUSED')(error);
    });
    assert.deepEqual(server.asked, []);
  });

  test('invalid answers about places in the storage are refused: types, part numbers, sizes', async (t) => {
    const part = { url: 'http://127.0.0.1:9/x', part_number: 1 };
    for (const [made, given] of [
      [{ upload_id: 'u', credentials: [{ ...part, part_number: { a: 1 } }] }, { url: {} }],
      [{ upload_id: 'u', credentials: [{ ...part, part_number: 2 ** 40 }] }, { url: ['http://127.0.0.1:9/'] }],
      [
        { upload_id: 'u', credentials: [{ url: null }] },
        { url: part.url, file_size: {} },
      ],
      [
        { upload_id: 'u', credentials: [null] },
        { url: part.url, file_size: -1 },
      ],
      [{ upload_id: 'u', credentials: { a: 1 } }, {}],
    ]) {
      const server = await httpServer((asked, response) => {
        if (asked.url.includes('/mpu/')) return json(response, made);
        if (asked.url.includes('/presigned/')) return json(response, given);
        json(response, { error_code: 'PERMISSION_DENIED', message: 'uploaded directly to storage' }, 403);
      });
      t.after(() => server.close());
      const { store } = await open(server);
      await assert.rejects(store.write('f', { bytes: Buffer.from('x') }), code('REMOTE_REFUSED'), JSON.stringify(made));
      await assert.rejects(store.read('f').then(bytesOf), code('REMOTE_REFUSED'), JSON.stringify(given));
    }
  });

  test('a redirect of a storage is not followed, and the error blames no setting', async (t) => {
    const storage = await httpServer((_, response) => response.writeHead(302, { location: '/else' }).end());
    t.after(() => storage.close());
    const { server, close } = await pair({ storageUrl: storage.url, presignedOnly: true });
    t.after(close);
    const { store } = await open(server);
    await assert.rejects(store.read('big').then(bytesOf), (error: MlctlError) => {
      assert.match(error.message, /a storage that a server names must not redirect/);
      assert.doesNotMatch(`${error.message} ${error.hint}`, /MLFLOW_/);
      return code('REMOTE_REFUSED')(error);
    });
    assert.equal(storage.asked.length, 1);
  });

  test('bodies that are not needed are closed, and unread ones do not keep the process alive', async (t) => {
    let held = 0;
    let closed = 0;
    const endless = (response: ServerResponse, status: number) => {
      held += 1;
      response.on('close', () => {
        closed += 1;
      });
      response.writeHead(status).write('x');
    };
    const storage = await httpServer((_, response) => endless(response, 403));
    t.after(() => storage.close());
    const { server, close } = await pair({ storageUrl: storage.url, presignedOnly: true });
    const range = await httpServer((_, response) => endless(response, 416));
    t.after(() => {
      close();
      range.close();
    });
    await assert.rejects((await open(server)).store.read('big').then(bytesOf), code('REMOTE_REFUSED'));
    await bytesOf(await (await open(range)).store.read('f', { offset: 5 }));
    for (let i = 0; i < 100 && closed < 2; i += 1) await new Promise((done) => setTimeout(done, 10));
    assert.deepEqual([held, closed], [2, 2]);
  });

  test('a server that cannot do parts (501) gets the file in one piece', async (t) => {
    const server = await httpServer((asked, response) => {
      if (asked.url.includes('/mpu/')) return json(response, { error_code: 'NOT_IMPLEMENTED', message: 'x' }, 501);
      json(response, {});
    });
    t.after(() => server.close());
    const { store } = await open(server, { ...LARGE, MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true' });
    await store.write('big', { file: big });
    assert.equal(server.asked.at(-1)?.body.length, bytes.length);
  });
});
