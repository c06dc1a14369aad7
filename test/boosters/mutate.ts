// Damages model files where it hurts: numbers of JSON and text, typed arrays of UBJSON, offsets and vectors of a `.cbm`.

/** A small generator with a seed (mulberry32), so that a failure comes again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

const INTEGERS = [0, 1, -1, 2, 3, 7, 255, 256, 65535, 65536, 2 ** 24, 2 ** 31 - 1, -(2 ** 31), 2 ** 30, 1000000];
const WORDS = [
  '0',
  '-1',
  '1',
  '2',
  '99999',
  '2000000000',
  '4294967295',
  '1e308',
  '-1e308',
  'nan',
  'NaN',
  'inf',
  '-Infinity',
  '0.5',
  '',
  'x',
  '""',
  '[]',
  '{}',
  'null',
  'true',
  '[[[[',
  '1e-400',
  '00',
  '0x10',
];

export function mutant(bytes: Buffer, isText: boolean, chance: Chance): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  const times = 1 + chance.below(3);
  for (let i = 0; i < times && changed.length > 8; i++)
    changed = isText ? ofText(changed, chance) : ofBinary(changed, chance);
  return changed;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

function ofText(bytes: Buffer, chance: Chance): Buffer {
  const text = bytes.toString('latin1');
  const kind = chance.below(10);
  if (kind === 0) return bytes.subarray(0, chance.below(bytes.length));
  if (kind === 1) return withByte(bytes, chance);
  if (kind === 2) {
    // A stretch is doubled or removed.
    const from = chance.below(text.length);
    const to = Math.min(text.length, from + 1 + chance.below(80));
    return Buffer.from(
      chance.below(2) === 0 ? text.slice(0, to) + text.slice(from) : text.slice(0, from) + text.slice(to),
      'latin1',
    );
  }
  // Another number, near a random place.
  NUMBER.lastIndex = chance.below(text.length);
  const found = NUMBER.exec(text);
  if (found === null) return withByte(bytes, chance);
  const word = chance.below(2) === 0 ? String(chance.of(INTEGERS)) : chance.of(WORDS);
  return Buffer.from(text.slice(0, found.index) + word + text.slice(found.index + found[0].length), 'latin1');
}

function ofBinary(bytes: Buffer, chance: Chance): Buffer {
  const kind = chance.below(8);
  if (kind === 0) return bytes.subarray(0, chance.below(bytes.length));
  if (kind === 1) return withByte(bytes, chance);
  const changed = Buffer.from(bytes);
  const arrays = kind < 5 ? typedArrays(changed) : [];
  if (arrays.length > 0) {
    const { at, size, count } = chance.of(arrays);
    const where = chance.below(3) === 0 ? at - 8 + chance.below(8) : at + size * chance.below(Math.max(1, count));
    if (where + 4 <= changed.length) changed.writeInt32BE(chance.of(INTEGERS) | 0, where);
    return changed;
  }
  // FlatBuffers align integers and offsets to four bytes.
  const where = chance.below(Math.floor(changed.length / 4) - 1) * 4;
  if (kind === 5) changed.writeInt16LE((chance.of(INTEGERS) << 16) >> 16, where);
  else if (kind === 6) changed.writeFloatLE(chance.of([Number.NaN, Infinity, -Infinity, 0, -0, 1e38]), where);
  else changed.writeInt32LE(chance.of(INTEGERS) | 0, where);
  return changed;
}

function withByte(bytes: Buffer, chance: Chance): Buffer {
  const changed = Buffer.from(bytes);
  changed[chance.below(changed.length)] = chance.below(256);
  return changed;
}

const SIZES: Readonly<Record<string, number>> = { d: 4, D: 8, i: 1, U: 1, I: 2, l: 4, L: 8 };

/** The typed arrays of UBJSON: `[$l#L` and a size of eight bytes. */
function typedArrays(bytes: Buffer): { at: number; size: number; count: number }[] {
  const found = [];
  for (let at = bytes.indexOf('[$'); at !== -1; at = bytes.indexOf('[$', at + 2)) {
    const size = SIZES[String.fromCharCode(bytes[at + 2] ?? 0)];
    if (size === undefined || bytes.toString('latin1', at + 3, at + 5) !== '#L' || at + 13 > bytes.length) continue;
    const count = Number(bytes.readBigInt64BE(at + 5));
    if (count >= 0 && at + 13 + count * size <= bytes.length) found.push({ at: at + 13, size, count });
  }
  return found;
}
