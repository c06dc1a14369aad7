// Which way a file goes, through the server's proxy or past it, what is asked on that way, and how many bytes are counted.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { openArtifacts } from '../../../src/artifacts/open.js';
import { directCalls } from '../../../src/artifacts/proxy/direct-calls.js';
import { downloadDirect } from '../../../src/artifacts/proxy/download-direct.js';
import { openServerInfo } from '../../../src/artifacts/proxy/open-server-info.js';
import type { ArtifactSource } from '../../../src/artifacts/store.js';
import { MlctlError } from '../../../src/errors/error.js';
import type { Server } from '../../../src/mlflow-server/open-server.js';
import { httpServer, json } from '../../support/http-server.js';
import { scratch } from '../../support/paths.js';
import { testWorld } from '../../support/worlds.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const ROUTE = '/api/2.0/mlflow-artifacts';

/** A server that also stores: it keeps what was sent through it, or past it in one part. */
async function open(options: { onlyDirect?: boolean; env?: Record<string, string> } = {}) {
  const log: string[] = [];
  const server = await httpServer((asked, response) => {
    log.push(`${asked.method} ${asked.url.replace(ROUTE, '')} ${asked.url.includes('mpu') ? asked.body : ''}`.trim());
    if (asked.url.includes('/mpu/create/'))
      return json(response, { upload_id: 'u', credentials: [{ url: `${server.url}/part`, part_number: 1 }] });
    if (asked.url === '/part') return void response.writeHead(200, { etag: '"e"' }).end();
    if (asked.url.includes('/mpu/')) return json(response, {});
    if (options.onlyDirect)
      return json(response, { error_code: 'PERMISSION_DENIED', message: 'uploaded directly to storage' }, 403);
    json(response, {});
  });
  const env = { HOME: scratch(), MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', ...options.env };
  const world = testWorld({ env });
  return { server, log, world, store: await openArtifacts('mlflow-artifacts:/1', { world, trackingUri: server.url }) };
}

function fileOf(text: string): string {
  const file = join(scratch(), 'x');
  writeFileSync(file, text);
  return file;
}

test('every way counts each byte once, and tells whether it went in parts', async (t) => {
  for (const [title, source, onlyDirect, wanted] of [
    ['bytes', { bytes: bytes('12345') }, false, 'PUT /artifacts/1/f'],
    ['a file', { file: fileOf('12345') }, false, 'PUT /artifacts/1/f'],
    ['a file that may go in parts', { file: fileOf('12345'), inParts: true }, false, 'PUT /part'],
    ['bytes where only the storage takes them', { bytes: bytes('12345') }, true, 'PUT /part'],
  ] as const) {
    const { server, log, store } = await open({ onlyDirect, env: { MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true' } });
    t.after(() => server.close());
    let sent = 0;
    let inParts = false;
    const told: ArtifactSource = 'bytes' in source ? source : { ...source, wentInParts: () => (inParts = true) };
    await store.write('f', told, (count) => {
      sent += count;
    });
    assert.equal(sent, 5, title);
    assert.equal(inParts, 'inParts' in source, title);
    assert.ok(log.includes(wanted), `${title}: ${log.join(' | ')}`);
    const { body, headers } =
      server.asked.find(({ url, method }) => `${method} ${url.replace(ROUTE, '')}` === wanted) ?? {};
    assert.deepEqual([body, headers?.['content-length']], ['12345', '5'], title);
  }
});

test('past the proxy a file has its folder and its name, also where it is in no folder', async (t) => {
  const { server, log, store } = await open({ onlyDirect: true });
  t.after(() => server.close());
  await store.write('f', { bytes: bytes('x') });
  await store.write('a/b/f', { bytes: bytes('x') });
  const place = '"parts":[{"part_number":1,"etag":"\\"e\\""';
  assert.deepEqual(
    log.map((line) => line.replace(/,"url":.*/, '')),
    [
      'PUT /artifacts/1/f',
      'POST /mpu/create/1 {"path":"f","num_parts":1}',
      'PUT /part',
      `POST /mpu/complete/1 {"path":"f","upload_id":"u",${place}`,
      // The proxy is not asked again.
      'POST /mpu/create/1/a/b {"path":"f","num_parts":1}',
      'PUT /part',
      `POST /mpu/complete/1/a/b {"path":"f","upload_id":"u",${place}`,
    ],
  );
});

test('many files at once, where only the storage takes them, all arrive', async (t) => {
  const { server, log, store } = await open({ onlyDirect: true });
  t.after(() => server.close());
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.write(name, { bytes: bytes(name) })));
  assert.equal(log.filter((line) => line === 'PUT /part').length, 4);
});

test('where neither the proxy nor the storage takes a file, the refusal of the proxy is the error', async (t) => {
  const server = await httpServer((asked, response) =>
    asked.url.includes('/mpu/')
      ? json(response, { error_code: 'NOT_IMPLEMENTED', message: 'no parts' }, 501)
      : json(response, { error_code: 'PERMISSION_DENIED', message: 'uploaded directly to storage' }, 403),
  );
  t.after(() => server.close());
  const world = testWorld({ env: { HOME: scratch(), MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' } });
  const store = await openArtifacts('mlflow-artifacts:/1', { world, trackingUri: server.url });
  for (const source of [{ bytes: bytes('x') }, { file: fileOf('x') }])
    await assert.rejects(store.write('f', source), { code: 'PERMISSION_DENIED', message: /directly to storage/ });
});

test('a stop ends the way past the proxy, and the file is not sent another way', async (t) => {
  const { server, log, world, store } = await open({ env: { MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true' } });
  t.after(() => server.close());
  const stop = new MlctlError('INTERRUPTED', 'stopped');
  const writing = store.write('f', { file: fileOf('x'), inParts: true }, () => world.stop(stop));
  await assert.rejects(writing, { code: 'INTERRUPTED' });
  assert.ok(!log.some((line) => line.startsWith('PUT /artifacts')), log.join(' | '));
  assert.deepEqual(world.notes, []);
});

test('a list is empty if the server says that there is no such folder; any other 404 is an error', async (t) => {
  let body: unknown = { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'x' };
  const server = await httpServer((_, response) => json(response, body, 404));
  t.after(() => server.close());
  const world = testWorld({ env: { HOME: scratch() } });
  const store = await openArtifacts('mlflow-artifacts:/1', { world, trackingUri: server.url });
  assert.deepEqual(await store.list('none'), []);
  await store.remove('none');
  body = { detail: 'Not Found' };
  await assert.rejects(store.list('none'), { code: 'ARTIFACT_NOT_FOUND', message: /^list none: / });
});

test('bytes become a private file for as long as they are sent from it', async () => {
  const info = openServerInfo(testWorld(), { base: new URL('http://host') } as unknown as Server);
  let folder = '';
  const read = await info.withFile({ bytes: bytes('12345') }, async (file) => {
    folder = dirname(file);
    return readFileSync(file, 'utf8');
  });
  assert.deepEqual([read, existsSync(folder)], ['12345', false]);
  assert.equal(await info.withFile({ file: '/given' }, async (file) => file), '/given');
  await assert.rejects(
    info.withFile({ bytes: bytes('x') }, async (file) => {
      folder = dirname(file);
      throw new Error('cut');
    }),
  );
  assert.equal(existsSync(folder), false);
});

/** The calls of a server whose answers are these. */
function answering(api: object, storage: { status: number; headers?: [string, string][]; body?: string }) {
  const asked: { url: URL; headers?: object; signal?: AbortSignal }[] = [];
  let discarded = 0;
  const send = async (request: (typeof asked)[number]) => {
    asked.push(request);
    return { status: 200, headers: new Map(), body: bytes(JSON.stringify(api)), ...('status' in api ? api : {}) };
  };
  const stream = async (request: (typeof asked)[number]) => {
    asked.push(request);
    const body = (async function* () {
      yield bytes(storage.body ?? '');
    })();
    return { ...storage, headers: new Map(storage.headers), body, discard: () => (discarded += 1) };
  };
  const rule = { faultOf: async () => null };
  const server = { base: new URL('http://host/p/'), rule, http: { send }, foreign: { stream } } as unknown as Server;
  return { asked, calls: directCalls(server, 'root'), discarded: () => discarded };
}

test('a call may be given its own time, as the one that discards an upload after a stop', async () => {
  const { asked, calls } = answering({}, { status: 200 });
  const { signal } = new AbortController();
  await calls.post('mpu/abort', 'x', {}, signal);
  await calls.post('mpu/create', 'x', {});
  assert.deepEqual(
    asked.map((request) => ['signal' in request, request.signal === signal]),
    [
      [true, true],
      [false, false],
    ],
  );
});

test('from its storage a file comes from an offset on, with its size and its tag as far as they are told', async () => {
  const given = { url: 'http://s3/x', headers: { 'x-amz-a': 'b' } };
  const textOf = async (parts: AsyncIterable<Uint8Array> | undefined) => {
    let text = '';
    for await (const part of parts ?? []) text += Buffer.from(part).toString();
    return text;
  };
  const whole = answering(given, { status: 200, headers: [['content-length', '5']], body: '12345' });
  const first = await downloadDirect(whole.calls, 'a/f', 0);
  assert.deepEqual([await textOf(first?.body), first?.size, first?.etag], ['12345', 5, null]);
  assert.deepEqual(
    whole.asked.map(({ url, headers }) => [url.href, headers]),
    [
      ['http://host/p/api/2.0/mlflow-artifacts/presigned/root/a/f', undefined],
      ['http://s3/x', { 'x-amz-a': 'b' }],
    ],
  );
  const rest = await downloadDirect(whole.calls, 'a/f', 2);
  assert.equal(await textOf(rest?.body), '345', 'a storage without ranges sends the whole');
  assert.deepEqual(whole.asked.at(-1)?.headers, { 'x-amz-a': 'b', range: 'bytes=2-' });
  const ranged = answering({ ...given, file_size: 7 }, { status: 206, headers: [['etag', '"e"']], body: '345' });
  const part = await downloadDirect(ranged.calls, 'f', 2);
  assert.deepEqual([await textOf(part?.body), part?.size, part?.etag], ['345', 7, '"e"']);
  const refused = answering(given, { status: 404 });
  await assert.rejects(downloadDirect(refused.calls, 'f', 0), {
    code: 'REMOTE_REFUSED',
    message: 'read "f": s3 answered 404',
    details: { status: 404 },
  });
  assert.equal(refused.discarded(), 1);
  assert.equal(await downloadDirect(answering({ status: 501 }, { status: 200 }).calls, 'f', 0), null);
});

test('parts go to the places that the server numbers, in whatever order; without numbers the order counts', async (t) => {
  const size = 5 * 2 ** 20;
  const file = join(scratch(), 'x');
  writeFileSync(file, Buffer.concat([Buffer.alloc(size, 'a'), Buffer.alloc(3, 'b')]));
  for (const [title, places, wanted] of [
    ['numbers', [{ part_number: 2 }, { part_number: '1' }], 'b a'],
    ['no numbers', [{}, { part_number: null }], 'a b'],
  ] as const) {
    const got = new Map<string, string>();
    const server = await httpServer((asked, response) => {
      if (asked.method === 'PUT') got.set(asked.url, asked.body.slice(0, 1));
      if (asked.method === 'PUT') return void response.writeHead(200, { etag: '"e"' }).end();
      json(response, {
        upload_id: 'u',
        credentials: places.map((place, at) => ({ ...place, url: `${server.url}/place-${at}` })),
      });
    });
    t.after(() => server.close());
    const env = { HOME: scratch(), MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true' };
    const world = testWorld({ env: { ...env, MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: String(size) } });
    const store = await openArtifacts('mlflow-artifacts:/1', { world, trackingUri: server.url });
    await store.write('f', { file, inParts: true });
    assert.equal(['/place-0', '/place-1'].map((place) => got.get(place)).join(' '), wanted, title);
  }
});
