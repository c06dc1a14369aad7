// The parts that all artifact stores are made of: work on a few files at a time, progress, resumed bodies, sizes and addresses.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { fileSize } from '../../src/artifacts/file-size.js';
import { inParallel } from '../../src/artifacts/in-parallel.js';
import { openFileArtifacts } from '../../src/artifacts/open-file-artifacts.js';
import { cannot, directCalls } from '../../src/artifacts/proxy/direct-calls.js';
import { openServerInfo } from '../../src/artifacts/proxy/open-server-info.js';
import { storageHeaders, storageUrl } from '../../src/artifacts/proxy/storage-place.js';
import { type Opened, readResuming, sizeOfWhole, skipping } from '../../src/artifacts/resuming.js';
import { xmlExcess } from '../../src/artifacts/s3/s3-capped.js';
import { s3Error } from '../../src/artifacts/s3/s3-error.js';
import { partSizeFor, sendInParts } from '../../src/artifacts/s3/send-in-parts.js';
import { uploadTree } from '../../src/artifacts/transfer.js';
import { transferProgress } from '../../src/artifacts/transfer-progress.js';
import { watched } from '../../src/artifacts/watched.js';
import { MlctlError } from '../../src/errors/error.js';
import type { Server } from '../../src/mlflow-server/open-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const bytes = (text: string) => new TextEncoder().encode(text);
async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield bytes(part);
}
async function textOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const part of parts) text += new TextDecoder().decode(part);
  return text;
}
const signal = () => new AbortController().signal;

test('at most so many at once; the first error stops what has not begun, and comes when the rest has ended', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(item);
  });
  assert.deepEqual([most, done.length], [2, 5]);
  const begun: number[] = [];
  const work = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await new Promise((resolve) => setTimeout(resolve, item));
    if (item < 3) throw new Error(`item ${item}`);
  });
  await assert.rejects(work, /item 1/);
  assert.deepEqual(begun, [1, 2]);
  await inParallel([], 4, () => assert.fail());
});

test('progress in one unit, never beyond the whole, and always at the end', () => {
  const told = (total: number | null, ...parts: number[]) => {
    const said: string[] = [];
    const came = transferProgress('sending', total, (text) => said.push(text));
    for (const part of parts) came(part);
    return said;
  };
  assert.deepEqual(told(12_000, 3100, 1, 8899), ['sending 3.1 of 12.0 kB', 'sending 12.0 of 12.0 kB']);
  assert.deepEqual(told(999_999, 999_999), ['sending 1000.0 of 1000.0 kB']);
  assert.deepEqual(told(1_000_000, 1_000_000), ['sending 1.0 of 1.0 MB']);
  assert.deepEqual(told(1000, 2000), ['sending 1.0 of 1.0 kB']);
  assert.deepEqual(told(null, 2_500_000), ['sending 2.5 MB']);
  transferProgress('sending', 1, undefined)(1);
});

/** A download whose answers are given one after the other. */
function resuming(offset: number, ...answers: (Opened | Error)[]) {
  const asked: [number, string | null][] = [];
  const open = async (at: number, etag: string | null): Promise<Opened> => {
    asked.push([at, etag]);
    const next = answers.shift() ?? assert.fail('asked once too often');
    if (next instanceof Error) throw next;
    return next;
  };
  return { asked, read: () => readResuming('f', offset, open, signal()).then(textOf) };
}
async function* cutAfter(...parts: string[]): AsyncGenerator<Uint8Array> {
  yield* chunks(...parts);
  throw new MlctlError('REMOTE_UNREACHABLE', 'cut');
}
const answer = (body: AsyncIterable<Uint8Array>, size: number | null = 6, etag: string | null = '"1"'): Opened => ({
  body,
  size,
  etag,
});

test('a body that breaks off goes on where it broke, if it is of the same file', async () => {
  const whole = resuming(0, answer(cutAfter('ab')), answer(chunks('c')), answer(chunks('def')));
  assert.equal(await whole.read(), 'abcdef');
  assert.deepEqual(whole.asked, [
    [0, null],
    [2, '"1"'],
    [3, '"1"'],
  ]);
  const tail = resuming(4, answer(chunks('ef')));
  assert.equal(await tail.read(), 'ef');
  assert.equal(await resuming(0, answer(chunks('any'), null)).read(), 'any');
  await assert.rejects(resuming(0, answer(chunks('abcdefg'))).read(), /has more than the 6 bytes/);
  for (const other of [answer(chunks('x'), 6, '"2"'), answer(chunks('x'), 7)]) {
    let dropped = 0;
    const next = { ...other, discard: () => void dropped++ };
    await assert.rejects(resuming(0, answer(cutAfter('ab')), next).read(), { code: 'INTEGRITY_MISMATCH' });
    assert.equal(dropped, 1);
  }
  for (const silent of [answer(chunks('cdef'), 6, null), answer(chunks('cdef'), null)])
    assert.equal(await resuming(0, answer(cutAfter('ab')), silent).read(), 'abcdef');
  await assert.rejects(resuming(0, answer(cutAfter('ab')), new MlctlError('ARTIFACT_NOT_FOUND', 'gone')).read(), {
    code: 'ARTIFACT_NOT_FOUND',
  });
  await assert.rejects(
    resuming(
      0,
      answer(
        (async function* () {
          yield* chunks('a');
          throw new MlctlError('REMOTE_REFUSED', 'no');
        })(),
      ),
    ).read(),
    { code: 'REMOTE_REFUSED' },
  );
});

test('what a server sent before is skipped, and what it says of the whole is read', async () => {
  assert.equal(await textOf(skipping(chunks('abc', 'def', 'g'), 4)), 'efg');
  assert.equal(await textOf(skipping(chunks('abc', 'def'), 3)), 'def');
  assert.equal(await textOf(skipping(chunks('abc'), 0)), 'abc');
  assert.equal(await textOf(skipping(chunks('abc'), 9)), '');
  const size = (offset: number, headers: Record<string, string>) =>
    sizeOfWhole(new Map(Object.entries(headers)), offset);
  assert.equal(size(5, { 'content-range': 'bytes 5-9/10', 'content-length': '5' }), 10);
  assert.equal(size(0, { 'content-length': '5' }), 5);
  assert.equal(size(5, { 'content-length': '5' }), null);
  assert.equal(size(0, { 'content-length': '-5' }), null);
  assert.equal(size(0, { 'content-range': 'bytes 0-9/*' }), null);
  assert.equal(size(0, {}), null);
});

test('a size is a whole number of bytes that a disk could hold', () => {
  for (const [value, size] of [
    [undefined, null],
    [null, null],
    [0, 0],
    ['12', 12],
    [2 ** 50, 2 ** 50],
  ] as const)
    assert.equal(fileSize('x', value), size);
  for (const value of [-1, 1.5, 2 ** 50 + 1, '', '1e3', '12345678901234567', true, {}, Number.NaN])
    assert.throws(() => fileSize('x', value), { code: 'REMOTE_REFUSED', message: /reports an invalid size/ });
});

test('a silent body ends by itself, and a stopped one at once', async () => {
  const silent = new Readable({ read() {} });
  silent.push(bytes('a'));
  await assert.rejects(textOf(watched(silent, signal(), 20)), { code: 'ETIMEDOUT' });
  assert.equal(silent.destroyed, true);
  const controller = new AbortController();
  const stopped = new Readable({ read() {} });
  const reading = textOf(watched(stopped, controller.signal, 10_000));
  controller.abort();
  await assert.rejects(reading, { code: 'ABORT_ERR' });
  const whole = Readable.from([Buffer.from('x'), Buffer.from('y')]);
  assert.equal(await textOf(watched(whole, signal(), 10_000)), 'xy');
  assert.equal(whole.destroyed, true);
});

test('a folder as a store: what was sent is counted, links out are refused, the whole is not removed', async () => {
  const folder = scratch();
  const store = openFileArtifacts(folder);
  const sent: number[] = [];
  await store.write('a/x', { bytes: bytes('four') }, (count) => sent.push(count));
  writeFileSync(join(folder, 'source'), 'sevenly');
  await store.write('a/y', { file: join(folder, 'source') }, (count) => sent.push(count));
  assert.deepEqual(sent, [4, 7]);
  writeFileSync(join(folder, 'a', '.x.1-0123456789ab.mlctl-tmp'), '');
  assert.deepEqual(await store.list('a'), [
    { path: 'a/x', isDirectory: false, size: 4 },
    { path: 'a/y', isDirectory: false, size: 7 },
  ]);
  assert.equal(await textOf(await store.read('a/y', { offset: 5 })), 'ly');
  await assert.rejects(store.read('a'), { code: 'ARTIFACT_NOT_FOUND' });
  await assert.rejects(store.remove(''), { code: 'PATH_REFUSED' });
  await store.remove('nowhere/x');
  await store.remove('a');
  assert.deepEqual(await store.list('a'), []);
});

const serverAt = (uri: string, faults: Readonly<Record<string, string>> = {}): Server =>
  ({ base: new URL(uri), rule: { faultOf: async (url: URL) => faults[url.hostname] ?? null } }) as unknown as Server;

test('addresses and headers that a server gives are taken only if they are harmless', async () => {
  const [plain, safe] = [serverAt('http://host'), serverAt('https://host', { near: 'is near' })];
  const long = (length: number) => `https://s3/${'x'.repeat(length - 'https://s3/'.length)}`;
  for (const [value, server] of [
    ['https://s3/x?y=1', safe],
    ['http://s3/x', plain],
    ['https://s3/x', plain],
    [long(16_384), safe],
  ] as const)
    assert.equal((await storageUrl(value, server)).href, value);
  for (const [value, server, fault] of [
    ['http://s3/x', safe, /has the scheme http:/],
    ['ftp://s3/x', plain, /has the scheme ftp:/],
    ['https://u@s3/x', safe, /holds a sign-in/],
    ['https://:p@s3/x', safe, /holds a sign-in/],
    ['https://near/x', safe, /is near/],
    ['x', safe, /is not an address/],
    [long(16_385), safe, /is not an address/],
    [7, safe, /gave a number as the place of an artifact, which is not an address/],
  ] as const)
    await assert.rejects(storageUrl(value, server), { code: 'REMOTE_REFUSED', message: fault });
  assert.deepEqual(
    storageHeaders({ 'X-Amz-Thing': 'a', 'content-type': 'b', authorization: 'c', 'x-ms-y': 'd\r\ne', 'x-goog-z': 1 }),
    { 'x-amz-thing': 'a', 'content-type': 'b' },
  );
  for (const none of [null, undefined, 'x', 7]) assert.deepEqual(storageHeaders(none), {});
});

test('files go past the proxy if the server offers it, they are large, and no setting says otherwise', async () => {
  const info = (offers: unknown, env: Record<string, string> = {}, status = 200) => {
    const asked: string[] = [];
    const send = async ({ url }: { url: URL }) => {
      asked.push(url.pathname);
      return { status, headers: new Map(), body: bytes(JSON.stringify(offers)) };
    };
    const server = { ...serverAt('http://host/prefix/'), http: { send } } as unknown as Server;
    return { asked, info: openServerInfo(testWorld({ env }), server) };
  };
  const both = { multipart_uploads_enabled: true, multipart_downloads_enabled: true };
  const large = 600 * 1024 * 1024;
  const { asked, info: able } = info(both);
  assert.deepEqual([await able.uploadsDirect(large), await able.uploadsDirect(1)], [true, false]);
  assert.deepEqual(
    [await able.downloadsDirect(64 * 2 ** 20), await able.downloadsDirect(64 * 2 ** 20 - 1)],
    [true, false],
  );
  assert.deepEqual(asked, ['/prefix/api/3.0/mlflow/server-info']);
  able.noMoreDirect();
  assert.equal(await able.downloadsDirect(large), false);
  for (const unable of [info({}), info(both, {}, 404), info({ multipart_uploads_enabled: 'yes' }), info('x')])
    assert.deepEqual(
      [await unable.info.uploadsDirect(large), await unable.info.downloadsDirect(large)],
      [false, false],
    );
  const [off, on] = ['false', 'true'].map((value) => ({
    MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: value,
    MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: value,
  }));
  const never = info(both, off);
  assert.deepEqual([await never.info.uploadsDirect(large), await never.info.downloadsDirect(large)], [false, false]);
  const always = info({}, on);
  assert.deepEqual([await always.info.uploadsDirect(large), await always.info.downloadsDirect(1)], [true, true]);
  assert.deepEqual([never.asked, always.asked], [[], []]);
});

test('a file in parts: in order, of equal size, and refused if it changes meanwhile', async () => {
  const file = join(scratch(), 'f');
  writeFileSync(file, 'abcdefghij');
  const sent = new Map<number, string>();
  const send = async (number: number, part: Uint8Array) => {
    sent.set(number, Buffer.from(part).toString());
    return `etag-${number}`;
  };
  assert.deepEqual(await sendInParts(file, 10, 4, send), [
    { number: 1, etag: 'etag-1' },
    { number: 2, etag: 'etag-2' },
    { number: 3, etag: 'etag-3' },
  ]);
  assert.deepEqual(Object.fromEntries(sent), { 1: 'abcd', 2: 'efgh', 3: 'ij' });
  const shrunk = { code: 'FILE_UNREADABLE', message: /changed its size while it was sent/ };
  await assert.rejects(sendInParts(file, 12, 4, send), shrunk);
  await assert.rejects(sendInParts(file, 8, 4, send), shrunk);
  writeFileSync(file, '');
  assert.equal((await sendInParts(file, 0, 4, send)).length, 1, 'an empty file is one part');
  const [MIB, most] = [2 ** 20, 10_000];
  assert.equal(partSizeFor(1, 1), 5 * MIB);
  assert.equal(partSizeFor(1, 8 * MIB), 8 * MIB);
  assert.equal(partSizeFor(100 * MIB * most + 1, 8 * MIB), 100 * MIB + 1);
});

test('what the AWS SDK throws: its kind, what was said, and the next thing to type', () => {
  const of = (thrown: object, endpoint: string | null = 'http://minio:9000/x') => {
    const error = s3Error('read f', Object.assign(new Error(), thrown), endpoint);
    return `${error.code} ${error.message} | ${error.hint}`;
  };
  const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
  const cases: [object, RegExp][] = [
    [{ name: 'NoSuchKey', message: 'gone' }, /^ARTIFACT_NOT_FOUND read f: gone \| see what there is/],
    [{ code: 'AccessDenied', name: 'x', ...status(403) }, /^PERMISSION_DENIED read f: x \| ask for permission/],
    [
      { name: 'E', message: 'Checksum mismatch' },
      /^INTEGRITY_MISMATCH read f: Checksum mismatch \| run the command again/,
    ],
    [{ name: 'E', message: 'Checksum mismatch', ...status(400) }, /^REMOTE_REFUSED read f: 400 Checksum/],
    [{ name: 'E', message: 'UnknownError', ...status(401) }, /^UNAUTHENTICATED read f: E \| set AWS_ACCESS_KEY_ID/],
    [{ name: 'E', message: 'm', ...status(403) }, /^PERMISSION_DENIED read f: m \| set AWS_ACCESS_KEY_ID/],
    [
      { name: 'E', message: 'm', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      /^REMOTE_UNREACHABLE .*certificate .* \| name its authority/,
    ],
    [
      { name: 'E', message: 'm', code: 'ECONNREFUSED' },
      /^REMOTE_UNREACHABLE read f: m \| is the S3 server at http:\/\/minio:9000 up/,
    ],
    [{ name: '', message: '' }, /^REMOTE_UNREACHABLE read f: no answer/],
    [{ name: 'E', message: 'm', ...status(500) }, /^REMOTE_REFUSED read f: 500 m \| the S3 server, or a proxy/],
    [{ name: 'E', message: 'm', ...status(429) }, /wait a little/],
    [{ name: 'E', message: 'm', ...status(499) }, /\| is MLFLOW_S3_ENDPOINT_URL the address/],
  ];
  for (const [thrown, wanted] of cases) assert.match(of(thrown), wanted, JSON.stringify(thrown));
  assert.match(of({ name: 'E', code: 'ECONNREFUSED' }, null), /is MLFLOW_S3_ENDPOINT_URL missing\?/);
  const own = new MlctlError('LIMIT_EXCEEDED', 'x');
  assert.equal(s3Error('y', own, null), own);
});

test('an upload that reads back damaged is read again, then sent again, then refused', async () => {
  const base = openFileArtifacts(scratch());
  const upload = async (damaged: number) => {
    const log: string[] = [];
    let reads = 0;
    const store = {
      ...base,
      write: (...args: Parameters<typeof base.write>) => {
        log.push('write');
        return base.write(...args);
      },
      read: async (path: string) => {
        log.push('read');
        return ++reads <= damaged ? chunks('damaged') : base.read(path);
      },
    };
    const done = uploadTree(store, 'm', new Map([['f', bytes('content')]]));
    return {
      log,
      failed: await done.then(
        () => null,
        (error) => error.code,
      ),
    };
  };
  assert.deepEqual(await upload(0), { log: ['write', 'read'], failed: null });
  assert.deepEqual(await upload(1), { log: ['write', 'read', 'read'], failed: null });
  assert.deepEqual(await upload(2), { log: ['write', 'read', 'read', 'write', 'read'], failed: null });
  assert.deepEqual(await upload(3), { log: ['write', 'read', 'read', 'write', 'read'], failed: 'INTEGRITY_MISMATCH' });
});

test('a call past the proxy: the path of each, and what the server refuses', () => {
  const calls = directCalls(serverAt('http://host/prefix/'), 'root');
  assert.equal(calls.below('a/b'), 'root/a/b');
  assert.equal(calls.below(''), 'root');
  assert.equal(
    calls.urlOf('mpu/create', 'a b/c#d').href,
    'http://host/prefix/api/2.0/mlflow-artifacts/mpu/create/a%20b/c%23d',
  );
  const response = (status: number, body: unknown) =>
    ({ status, headers: new Map(), body: bytes(JSON.stringify(body)) }) as never;
  assert.deepEqual(calls.answerOf('create', response(200, { upload_id: 'u' })), { upload_id: 'u' });
  const refusal = { error_code: 'INVALID_PARAMETER_VALUE', message: 'no such part' };
  for (const [answer, wanted] of [
    [response(400, refusal), { code: 'REMOTE_REFUSED', message: /^create: 400: .*no such part/ }],
    [response(200, refusal), { code: 'REMOTE_REFUSED' }],
    [response(401, {}), { code: 'UNAUTHENTICATED' }],
    [response(403, {}), { code: 'PERMISSION_DENIED' }],
  ] as const)
    assert.throws(() => calls.answerOf('create', answer), wanted);
  for (const status of [404, 405, 501, 503]) assert.equal(cannot(response(status, {})), true);
  for (const status of [200, 403, 500]) assert.equal(cannot(response(status, {})), false);
});

test('an XML answer: so many tags and so deep, whatever is in them', () => {
  const excess = (text: string) => xmlExcess(Buffer.from(text));
  const nested = (depth: number) => `${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`;
  assert.equal(excess(nested(50)), null);
  assert.equal(excess(nested(51)), 'nests deeper than 50 levels');
  assert.equal(excess(`<?xml version="1.0"?>${nested(50)}`), null, 'a declaration is no level');
  assert.equal(excess(`${'<!-- x -->'.repeat(60)}${nested(50)}`), null);
  assert.equal(excess(`<l>${'<e/>'.repeat(60)}</l>`), null, 'elements that close themselves');
  assert.equal(excess(`<l>${'<e a="b"/>'.repeat(60)}</l>`), null);
  assert.equal(excess(`<l>${'<e>1</e>'.repeat(60)}</l>`), null, 'one after the other');
  assert.equal(excess(`${'<a'.repeat(51)}>`), 'nests deeper than 50 levels');
  assert.equal(excess(`${'<a'.repeat(50)}>`), null);
  assert.equal(excess('<a'.repeat(60)), null, 'no tag is ever complete');
  assert.equal(excess('<a '), null);
  assert.equal(excess(''), null);
  assert.equal(excess(`<l>${'<e/>'.repeat(199_998)}</l>`), null);
  assert.equal(excess(`<l>${'<e/>'.repeat(199_999)}</l>`), 'has more than 200000 tags');
});
