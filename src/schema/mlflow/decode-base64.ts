// Turns base64 into bytes as Python's `base64.decodebytes` does: letters outside the alphabet are skipped, padding ends the text.
import { PyFailure } from './failure.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...ALPHABET].map((letter, i) => [letter.charCodeAt(0), i]));

export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let place = 0;
  let rest = 0;
  let pads = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) {
      if (place >= 2 && place + ++pads >= 4) return Uint8Array.from(bytes);
      continue;
    }
    const value = VALUES.get(code);
    if (value === undefined) continue;
    pads = 0;
    if (place === 1) bytes.push(((rest << 2) | (value >> 4)) & 255);
    else if (place === 2) bytes.push(((rest << 4) | (value >> 2)) & 255);
    else if (place === 3) bytes.push(((rest << 6) | value) & 255);
    rest = place === 0 ? value : place === 1 ? value & 15 : place === 2 ? value & 3 : 0;
    place = (place + 1) % 4;
  }
  if (place === 0) return Uint8Array.from(bytes);
  const one = `Invalid base64-encoded string: number of data characters (${(bytes.length / 3) * 4 + 1}) cannot be 1 more than a multiple of 4`;
  throw new PyFailure('Error', place === 1 ? one : 'Incorrect padding', { tmpl: 'native:base64' });
}
