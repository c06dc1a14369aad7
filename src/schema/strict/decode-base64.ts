// Turns standard base64 into bytes, and refuses what Python's lenient decoder would skip or mangle.
import { Problem } from './problem.js';
import { showText } from './show.js';

export function decodeBase64(text: string): Uint8Array | Problem {
  const refuse = (why: string): Problem =>
    new Problem('SCHEMA_BAD_BASE64', why, `"${showText(text)}"`, 'base64 with A-Z a-z 0-9 + / and padding');
  if (/[-_]/.test(text)) return refuse(`'-' and '_' are URL-safe base64, use '+' and '/'`);
  if (text.length % 4 !== 0) return refuse('not valid base64: the length is not a multiple of 4');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return refuse('not valid base64');
  const bytes = Buffer.from(text, 'base64');
  // Leftover bits under the padding must be zero, or two texts would mean the same bytes.
  if (bytes.toString('base64') !== text) return refuse('not valid base64: bits are left over before the padding');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
