// A zip that two readers could understand differently, or that inflates to more than it explains, is refused with its reason.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { MlctlError } from '../../../src/errors/error.js';
import { inflateBudget, openZip } from '../../../src/python/zip/open-zip.js';
import { type EntryToWrite, writeZip } from '../../support/write-zip.js';

const TEXT = Buffer.from('some text, some text, some text');
const ONE: EntryToWrite = { name: 'a.txt', data: TEXT };
const DEFLATED: EntryToWrite = { name: 'b.txt', data: TEXT, isDeflated: true };

const open = (bytes: Uint8Array) => openZip(bytes, 'the file', inflateBudget(bytes.length));
const readAll = async (bytes: Uint8Array) => {
  const zip = await open(bytes);
  return zip.names.map((name) => Buffer.from(zip.read(name) ?? []).toString());
};

describe('a zip that is whole', () => {
  test('gives its entries, stored and deflated', async () => {
    assert.deepEqual(await readAll(writeZip([ONE, DEFLATED])), [TEXT.toString(), TEXT.toString()]);
    assert.equal((await open(writeZip([ONE]))).read('another'), undefined);
    assert.deepEqual(await readAll(writeZip([])), []);
  });

  test('may lie anywhere in a larger buffer', async () => {
    const zip = writeZip([ONE]);
    const larger = new Uint8Array(zip.length + 20);
    larger.set(zip, 7);
    assert.deepEqual(await readAll(larger.subarray(7, 7 + zip.length)), [TEXT.toString()]);
  });

  test('may have its sizes behind the data', async () => {
    const follow = { ...ONE, central: { flags: 0x808 }, local: { flags: 0x808, crc: 0, size: 0, compressedSize: 0 } };
    assert.deepEqual(await readAll(writeZip([follow])), [TEXT.toString()]);
  });

  test('may have its sizes in 64 bits in the own header, as numpy writes them', async () => {
    const extra = Buffer.alloc(20);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(16, 2);
    extra.writeBigUInt64LE(BigInt(TEXT.length), 4);
    extra.writeBigUInt64LE(BigInt(TEXT.length), 12);
    const wide = { ...ONE, local: { size: 0xffffffff, compressedSize: 0xffffffff, extra } };
    assert.deepEqual(await readAll(writeZip([wide])), [TEXT.toString()]);
    extra.writeBigUInt64LE(5n, 4);
    await assert.rejects(open(writeZip([wide])), { code: 'MODEL_HOSTILE' });
  });
});

const unicodeName = Buffer.concat([Buffer.from([0x75, 0x70, 9, 0, 1, 0, 0, 0, 0]), Buffer.from('evil')]);
const central = (fields: EntryToWrite['central'] & object) => writeZip([{ ...ONE, central: fields }]);
const local = (fields: EntryToWrite['local'] & object) => writeZip([{ ...ONE, local: fields }]);
const both = (fields: EntryToWrite['local'] & object) => writeZip([{ ...ONE, local: fields, central: fields }]);

/** The data of one entry is the header and the data of another, which the directory names as well. */
function quoted(): Buffer {
  const inner = writeZip([{ ...ONE, name: 'b.txt' }]).subarray(0, 35 + TEXT.length);
  return writeZip([
    { name: 'a.txt', data: inner },
    { ...ONE, name: 'b.txt', central: { offset: 35 } },
  ]);
}

const REFUSED: [what: string, bytes: Uint8Array, code: ErrorCode, found: RegExp][] = [
  ['bytes that are not a zip', Buffer.from('not a zip at all, but long enough'), 'MODEL_MALFORMED', /not a zip/i],
  ['an empty file', new Uint8Array(), 'MODEL_MALFORMED', /zip/i],
  ['a zip cut off in its end', writeZip([ONE]).subarray(0, -3), 'MODEL_MALFORMED', /truncated/],
  ['a name twice', writeZip([ONE, ONE]), 'MODEL_HOSTILE', /two entries named a.txt/],
  ['a name that climbs', writeZip([{ ...ONE, name: '../a' }]), 'MODEL_MALFORMED', /relative path/],
  ['an absolute name', writeZip([{ ...ONE, name: '/a' }]), 'MODEL_MALFORMED', /absolute path/],
  ['a second name in the extra fields', central({ extra: unicodeName }), 'MODEL_HOSTILE', /second name/],
  ['a link', central({ attributes: 0o120777 * 65536 }), 'MODEL_HOSTILE', /link/],
  ['an encrypted entry', both({ flags: 0x801, compressedSize: TEXT.length + 12 }), 'MODEL_UNSUPPORTED', /encrypted/],
  ['another compression', both({ method: 12 }), 'MODEL_UNSUPPORTED', /compression method 12/],
  ['another name in the own header', local({ name: 'b.txt' }), 'MODEL_HOSTILE', /differs/],
  ['another size in the own header', local({ size: 3 }), 'MODEL_HOSTILE', /differs/],
  ['another checksum in the own header', local({ crc: 3 }), 'MODEL_HOSTILE', /differs/],
  ['another method in the own header', local({ method: 8 }), 'MODEL_HOSTILE', /differs/],
  ['other flags in the own header', local({ flags: 0 }), 'MODEL_HOSTILE', /differs/],
  ['an offset into the directory', central({ offset: 60 }), 'MODEL_MALFORMED', /header/],
  ['an offset beyond the file', central({ offset: 0xfffffff0 }), 'MODEL_MALFORMED', /header/],
  ['data beyond the file', both({ size: 9999, compressedSize: 9999 }), 'MODEL_MALFORMED', /beyond the end/],
  ['an entry inside the data of another', quoted(), 'MODEL_HOSTILE', /b.txt on the bytes of another/],
  ['a directory of another size', writeZip([ONE], { size: 3 }), 'MODEL_HOSTILE', /directory/],
  ['fewer entries than the directory has', writeZip([ONE, DEFLATED], { count: 1 }), 'MODEL_HOSTILE', /directory/],
  ['more entries than the directory has', writeZip([ONE], { count: 2 }), 'MODEL_MALFORMED', /unexpected EOF/],
  [
    'bytes in front',
    Buffer.concat([Buffer.from('#!/bin/sh'), writeZip([ONE])]),
    'MODEL_MALFORMED',
    /central directory|header/,
  ],
  ['bytes behind', Buffer.concat([writeZip([ONE]), Buffer.from('x')]), 'MODEL_MALFORMED', /comment length/],
];

describe('a zip is refused for', () => {
  for (const [what, bytes, code, found] of REFUSED)
    test(what, async () => {
      await assert.rejects(readAll(bytes), (error) => {
        assert.ok(error instanceof MlctlError);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, found);
        return error.exitCode === 7;
      });
    });

  test('bytes with another checksum', async () => {
    const wrong = { crc: 1 };
    const zip = await open(writeZip([{ ...ONE, central: wrong, local: wrong }]));
    assert.throws(() => zip.read('a.txt'), { code: 'MODEL_MALFORMED', message: /checksum/ });
  });

  test('deflated data of another size, longer or shorter', async () => {
    for (const size of [TEXT.length - 1, TEXT.length + 1, 0]) {
      const zip = await open(writeZip([{ ...DEFLATED, central: { size }, local: { size } }]));
      assert.throws(() => zip.read('b.txt'), { code: 'MODEL_HOSTILE', message: /bytes/ });
    }
  });

  test('deflated data that is not deflated', async () => {
    const zip = await open(writeZip([{ ...ONE, central: { method: 8 }, local: { method: 8 } }]));
    assert.throws(() => zip.read('a.txt'), { code: 'MODEL_MALFORMED', message: /inflated/ });
  });

  test('entries that inflate to far more than the file, before one is inflated', async () => {
    const bomb = writeZip([{ name: 'zeros', data: new Uint8Array(100e6), isDeflated: true }]);
    await assert.rejects(open(bomb), { code: 'MODEL_HOSTILE', message: /inflate to far more/ });
  });

  test('more entries than the limit', async () => {
    const zip = writeZip([ONE, DEFLATED]);
    const limits = { entries: 1, freeBytes: 1000, ratio: 1 };
    await assert.rejects(openZip(zip, 'the file', inflateBudget(9), limits), {
      code: 'MODEL_HOSTILE',
      message: /2 entries/,
    });
  });
});
