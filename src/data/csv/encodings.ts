// Turns bytes of a named encoding into UTF-8 bytes, chunk by chunk. Python's names are known, and its Latin-1 is meant.
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';

/** Python's names that TextDecoder does not have, and `latin1`, which means Windows-1252 there. */
const ALIASES = new Map<string, string>([
  ['utf8', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
  ['utf16', 'utf-16'],
  ['utf-16', 'utf-16'],
  ['utf-16-le', 'utf-16le'],
  ['utf-16-be', 'utf-16be'],
  ['latin1', 'latin1'],
  ['latin-1', 'latin1'],
  ['l1', 'latin1'],
  ['iso-8859-1', 'latin1'],
  ['iso8859-1', 'latin1'],
  ['ascii', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['mac-roman', 'macintosh'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
]);

/** Null if nothing here decodes it. */
export function encodingNamed(name: string): string | null {
  const folded = name.trim().toLowerCase().replaceAll('_', '-');
  const alias = ALIASES.get(folded);
  if (alias !== undefined) return alias;
  try {
    return new TextDecoder(name.trim().toLowerCase()).encoding;
  } catch {
    return null;
  }
}

/** `source` names the input in the error for bytes that the encoding does not have. */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  source: string,
): AsyncGenerator<Buffer> {
  const decoder = openDecoder(encoding, source);
  for await (const chunk of chunks) yield Buffer.from(decoder.take(chunk));
  yield Buffer.from(decoder.end());
}

export function decodeAll(bytes: Uint8Array, encoding: string, source: string): Buffer {
  const decoder = openDecoder(encoding, source);
  return Buffer.from(decoder.take(bytes) + decoder.end());
}

/** Bytes that Windows-1252 leaves free; TextDecoder makes control characters of them. */
const FREE_IN_1252 = /[\x81\x8d\x8f\x90\x9d]/;

function openDecoder(encoding: string, source: string) {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let held = Buffer.alloc(0);
  const refused = (cause?: unknown): MlctlError =>
    new MlctlError('DATA_INVALID', `${source} holds bytes that ${printable(encoding, 40)} does not have`, {
      hint: 'name the encoding that the file was written in with --encoding (data.encoding in a recipe)',
      cause,
    });
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    if (encoding === 'latin1') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (decoder === null) {
      // The first two bytes of UTF-16 say the order of the others; Python takes little-endian without them.
      held = Buffer.concat([held, bytes]);
      if (held.length < 2 && stream) return '';
      const big = held[0] === 0xfe && held[1] === 0xff;
      decoder = new TextDecoder(encoding === 'utf-16' ? (big ? 'utf-16be' : 'utf-16le') : encoding, { fatal: true });
      bytes = held;
    }
    try {
      const text = decoder.decode(bytes, { stream });
      if (encoding === 'windows-1252' && FREE_IN_1252.test(text)) throw refused();
      return text;
    } catch (error) {
      throw error instanceof MlctlError ? error : refused(error);
    }
  };
  return { take: (bytes: Uint8Array) => decode(bytes, true), end: () => decode(new Uint8Array(), false) };
}
