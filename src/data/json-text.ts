// Turns the bytes of a JSON document into text the way Python's `json.loads(bytes)` does: encoding detected, BOM dropped, lone surrogates kept.
import { MlctlError } from '../errors/error.js';

type JsonEncoding = 'utf-8' | 'utf-16-le' | 'utf-16-be' | 'utf-32-le' | 'utf-32-be';

/** The bytes are not text in the encoding they seem to have. */
export class JsonEncodingError extends MlctlError {
  readonly encoding: JsonEncoding;
  /** Byte offset of the first bad sequence. */
  readonly offset: number;

  constructor(encoding: JsonEncoding, offset: number) {
    super('DATA_INVALID', `cannot read JSON: the bytes are not ${encoding.toUpperCase()} text (byte ${offset})`, {
      hint: 'send the document as UTF-8',
      details: { encoding, offset },
    });
    this.name = 'JsonEncodingError';
    this.encoding = encoding;
    this.offset = offset;
  }
}

/** CPython's json.detect_encoding: a BOM decides, else where the zero bytes of the first two characters are. */
function detect(bytes: Uint8Array): { encoding: JsonEncoding; start: number } {
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32-be', start: 4 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32-le', start: 4 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16-be', start: 2 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16-le', start: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', start: 3 };
  if (bytes.length >= 4) {
    if (a === 0) return { encoding: b !== 0 ? 'utf-16-be' : 'utf-32-be', start: 0 };
    if (b === 0) return { encoding: c !== 0 || d !== 0 ? 'utf-16-le' : 'utf-32-le', start: 0 };
  } else if (bytes.length === 2) {
    if (a === 0) return { encoding: 'utf-16-be', start: 0 };
    if (b === 0) return { encoding: 'utf-16-le', start: 0 };
  }
  return { encoding: 'utf-8', start: 0 };
}

/** UTF-8 that may spell a surrogate in three bytes (Python's `surrogatepass`); any other fault throws. */
function utf8WithSurrogates(bytes: Uint8Array): string {
  const parts: string[] = [];
  let units: number[] = [];
  const more = (i: number): number => {
    const byte = bytes[i];
    return byte !== undefined && (byte & 0xc0) === 0x80 ? byte & 0x3f : -1;
  };
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    let point = first;
    let length = 1;
    if (first >= 0x80) {
      length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      const second = more(i + 1);
      const third = length > 2 ? more(i + 2) : 0;
      const fourth = length > 3 ? more(i + 3) : 0;
      if (first < 0xc2 || first > 0xf4 || second < 0 || third < 0 || fourth < 0)
        throw new JsonEncodingError('utf-8', i);
      if (length === 2) point = ((first & 0x1f) << 6) | second;
      else if (length === 3) point = ((first & 0x0f) << 12) | (second << 6) | third;
      else point = ((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth;
      if ((length === 3 && point < 0x800) || (length === 4 && (point < 0x10000 || point > 0x10ffff)))
        throw new JsonEncodingError('utf-8', i);
    }
    if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    else units.push(point);
    if (units.length > 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
    i += length;
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return utf8WithSurrogates(bytes);
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16-le' | 'utf-16-be'): string {
  if (bytes.length % 2 === 1) throw new JsonEncodingError(encoding, bytes.length - 1);
  const little = Uint8Array.from(bytes);
  const text = Buffer.from(little.buffer, 0, little.length);
  return (encoding === 'utf-16-le' ? text : text.swap16()).toString('utf16le');
}

function utf32(bytes: Uint8Array, encoding: 'utf-32-le' | 'utf-32-be'): string {
  if (bytes.length % 4 !== 0) throw new JsonEncodingError(encoding, bytes.length - (bytes.length % 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    const point = view.getUint32(i, encoding === 'utf-32-le');
    if (point > 0x10ffff) throw new JsonEncodingError(encoding, i);
    parts.push(String.fromCodePoint(point));
  }
  return parts.join('');
}

export function decodeJsonText(bytes: Uint8Array): string {
  const { encoding, start } = detect(bytes);
  const body = start === 0 ? bytes : bytes.subarray(start);
  if (encoding === 'utf-8') return utf8(body);
  if (encoding === 'utf-16-le' || encoding === 'utf-16-be') return utf16(body, encoding);
  return utf32(body, encoding);
}
