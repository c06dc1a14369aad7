// Turns JSON into JSON whose keys that look like indices have one # more in front, because JavaScript moves such keys to the front
// of their object, and the types of a dict's keys are a list in the order of the file.

const QUOTE = 0x22;
const MARK = 0x23;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** The bytes themselves if there is no such key. Python writes neither digits nor # as escapes. */
export function markIndexKeys(bytes: Uint8Array): Uint8Array {
  const places: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== QUOTE) continue;
    const start = at + 1;
    for (at = start; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
    if (looksLikeIndex(bytes, start, at) && isKey(bytes, at + 1)) places.push(start);
  }
  if (places.length === 0) return bytes;
  const marked = new Uint8Array(bytes.length + places.length);
  places.forEach((place, before) => {
    const from = places[before - 1] ?? 0;
    marked.set(bytes.subarray(from, place), from + before);
    marked[place + before] = MARK;
  });
  const last = places.at(-1) as number;
  marked.set(bytes.subarray(last), last + places.length);
  return marked;
}

/** What `markIndexKeys` did to a key is undone. */
export function unmarkedKey(key: string): string {
  return /^#+\d+$/.test(key) ? key.slice(1) : key;
}

/** Marks, then digits. Not all of them are indices, but all indices are among them. */
function looksLikeIndex(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (bytes[at] === MARK) at += 1;
  if (at >= end) return false;
  for (; at < end; at += 1) if (!(bytes[at]! >= 0x30 && bytes[at]! <= 0x39)) return false;
  return true;
}

function isKey(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return bytes[at] === COLON;
}
