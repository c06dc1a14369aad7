// Turns a column chunk of doubles without missing values into a Float64Array; null if it is anything else. Layout: Apache Parquet
// format, "Data Pages" and "RLE / Bit-Packing Hybrid".
import type { CompressionCodec, Compressors } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';

export interface DoubleChunk {
  readonly bytes: ArrayBuffer;
  readonly rows: number;
  readonly codec: CompressionCodec;
  readonly compressors: Compressors;
  /** The column may have missing values: pages then begin with definition levels. */
  readonly optional: boolean;
}

export function readDoubles(chunk: DoubleChunk): Float64Array | null {
  const { rows, codec, compressors } = chunk;
  const values = new Float64Array(rows);
  const reader = { view: new DataView(chunk.bytes), offset: 0 };
  let dictionary: Float64Array | null = null;
  let row = 0;
  while (row < rows && reader.offset < reader.view.byteLength) {
    const header = parquetHeader(reader);
    const raw = new Uint8Array(chunk.bytes, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') {
      const count = header.dictionary_page_header?.num_values ?? -1;
      const page = decompressPage(raw, header.uncompressed_page_size, codec, compressors);
      if (count < 0 || count * 8 > page.length) return null;
      dictionary = new Float64Array(page.slice(0, count * 8).buffer);
      continue;
    }
    const found = header.type === 'DATA_PAGE' ? header.data_page_header : header.data_page_header_v2;
    if (found === undefined || header.type === 'INDEX_PAGE' || found.num_values > rows - row) return null;
    const page = header.type === 'DATA_PAGE' ? pageOne(raw, header, chunk) : pageTwo(raw, header, chunk);
    if (page === null) return null;
    const target = values.subarray(row, row + found.num_values);
    if (!fill(target, page, found.encoding, dictionary)) return null;
    row += found.num_values;
  }
  return row === rows ? values : null;
}

type Header = ReturnType<typeof parquetHeader>;

/** Version 1: levels and values are compressed together. */
function pageOne(raw: Uint8Array, header: Header, { codec, compressors, optional }: DoubleChunk): Uint8Array | null {
  const page = decompressPage(raw, header.uncompressed_page_size, codec, compressors);
  if (!optional) return page;
  if (header.data_page_header!.definition_level_encoding !== 'RLE' || page.length < 4) return null;
  const length = new DataView(page.buffer, page.byteOffset, 4).getUint32(0, true);
  return length <= page.length - 4 && allOnes(page.subarray(4, 4 + length), header.data_page_header!.num_values)
    ? page.subarray(4 + length)
    : null;
}

/** Version 2: levels come before the compressed values, and the header counts the missing ones. */
function pageTwo(raw: Uint8Array, header: Header, { codec, compressors }: DoubleChunk): Uint8Array | null {
  const facts = header.data_page_header_v2!;
  if (facts.num_nulls !== 0 || facts.repetition_levels_byte_length !== 0) return null;
  const levels = facts.definition_levels_byte_length;
  const body = raw.subarray(levels);
  return facts.is_compressed === false
    ? body
    : decompressPage(body, header.uncompressed_page_size - levels, codec, compressors);
}

function fill(target: Float64Array, page: Uint8Array, encoding: string, dictionary: Float64Array | null): boolean {
  if (encoding === 'PLAIN') {
    if (page.length < target.byteLength) return false;
    // All platforms of Node store doubles little-endian, as Parquet does.
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(page.subarray(0, target.byteLength));
    return true;
  }
  if ((encoding !== 'RLE_DICTIONARY' && encoding !== 'PLAIN_DICTIONARY') || dictionary === null || page.length === 0)
    return false;
  return fillFromDictionary(target, page, dictionary);
}

/** The first byte is the width of an index; then runs of one index, or of indexes packed bit by bit. */
function fillFromDictionary(target: Float64Array, page: Uint8Array, dictionary: Float64Array): boolean {
  const width = page[0]!;
  if (width > 24) return false;
  const mask = 2 ** width - 1;
  const state = { at: 1 };
  let row = 0;
  while (row < target.length) {
    const run = varint(page, state);
    if (run === null) return false;
    if ((run & 1) === 0) {
      let index = 0;
      for (let i = 0; i < width; i += 8) index |= page[state.at++]! << i;
      const end = Math.min(row + (run >>> 1), target.length);
      if (!(index < dictionary.length) || end === row) return false;
      target.fill(dictionary[index]!, row, end);
      row = end;
      continue;
    }
    const end = Math.min(row + (run >>> 1) * 8, target.length);
    if (end === row) return false;
    let bits = 0;
    let held = 0;
    let at = state.at;
    state.at += (run >>> 1) * width;
    for (; row < end; row++) {
      while (held < width) {
        bits |= page[at++]! << held;
        held += 8;
      }
      const index = bits & mask;
      if (!(index < dictionary.length)) return false;
      target[row] = dictionary[index]!;
      bits >>>= width;
      held -= width;
    }
  }
  return true;
}

/** Whether the first `count` levels of width 1 are all 1: nothing is missing. */
function allOnes(levels: Uint8Array, count: number): boolean {
  const state = { at: 0 };
  let seen = 0;
  while (seen < count) {
    const run = varint(levels, state);
    if (run === null || run >>> 1 === 0) return false;
    if ((run & 1) === 0) {
      if (levels[state.at++] !== 1) return false;
      seen += run >>> 1;
      continue;
    }
    for (let byte = 0; byte < run >>> 1 && seen < count; byte++, seen += 8) {
      const left = count - seen;
      const want = left >= 8 ? 0xff : 2 ** left - 1;
      if (((levels[state.at + byte] ?? 0) & want) !== want) return false;
    }
    state.at += run >>> 1;
  }
  return true;
}

/** ULEB128 up to 2^31; null at the end of the bytes. */
function varint(bytes: Uint8Array, state: { at: number }): number | null {
  let value = 0;
  for (let shift = 0; shift < 32; shift += 7) {
    const byte = bytes[state.at++];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value < 2 ** 31 ? value : null;
  }
  return null;
}
