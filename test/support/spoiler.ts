// Turns files into spoiled ones: of a seed the same ones each time.

const TEXTS = [
  '',
  'constructor',
  '__proto__',
  'posix',
  'system',
  'builtins',
  'numpy',
  'ndarray',
  'dict',
  'null',
  'NaN',
  '[[[[',
  '"',
  '1e999',
  '-0',
  '../../etc/passwd',
  'schema.json',
  '\ud800',
  'JsonNode',
  'ObjectNode',
  'DictNode',
  'ListNode',
  'TupleNode',
  'NdArrayNode',
  'TreeNode',
  'DTypeNode',
  'SparseMatrixNode',
  'TypeNode',
  'BytesNode',
  'CachedNode',
  'MethodNode',
  'SliceNode',
  'MaskedArrayNode',
  'RandomGeneratorNode',
];
const INTS = [
  0,
  1,
  -1,
  2,
  3,
  7,
  8,
  255,
  256,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  1e300,
  0.5,
];
const DTYPES = [
  '<f8',
  '>f8',
  '<f4',
  '<f2',
  '|O',
  '<U9',
  '<U0',
  '|S0',
  '|V0',
  '<i8',
  '|u1',
  '|b1',
  '<M8[ns]',
  '<c16',
  '<f16',
  '<U999999999',
  '|V99999999999',
  'x',
];
const HEADER_TEXTS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  "'",
  '\\',
  'None',
  'True',
  '(0,)',
  '(1,)',
  '(9007199254740991, 2)',
  '(4294967296, 4294967296)',
  '(0, 4294967296)',
  "[('a', '<f8'), ('b', '|O')]",
  "[('', '|V8'), ('b', '<f8', (2, 0))]",
  '__import__("os")',
  '-1',
  '1L',
  '1.5',
  '\0',
];

export class Spoiler {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Mulberry32. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** A whole number that is not negative, often one at a limit. */
  int(): number {
    return this.below(2) === 0 ? Math.floor(Math.abs(this.pick(INTS))) : this.below(100_000);
  }

  /** Flips, sets, takes out, doubles or cuts off some bytes. */
  bytes(given: Uint8Array): Uint8Array {
    let bytes = Uint8Array.from(given);
    for (let times = 1 + this.below(4); times > 0 && bytes.length > 0; times -= 1) {
      const at = this.below(bytes.length);
      const way = this.below(6);
      if (way === 0) bytes[at] = (bytes[at] as number) ^ (1 << this.below(8));
      else if (way === 1) bytes[at] = this.pick([0, 1, 127, 128, 255]);
      else if (way === 2 && bytes.length >= 4)
        new DataView(bytes.buffer).setUint32(Math.min(at, bytes.length - 4), this.int() >>> 0, true);
      else if (way === 3)
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + this.below(40))]);
      else if (way === 4)
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(this.below(bytes.length))]);
      else bytes = bytes.slice(0, at + 1);
    }
    return bytes;
  }

  /** Another header on the same data. */
  npyHeader(given: Uint8Array): Uint8Array {
    const length = new DataView(given.buffer, given.byteOffset).getUint16(8, true);
    let text = Buffer.from(given.subarray(10, 10 + length)).toString('latin1');
    for (let times = 1 + this.below(3); times > 0; times -= 1) {
      const way = this.below(4);
      const at = this.below(text.length);
      if (way === 0) text = text.replace(/'[<>|][a-zA-Z0-9]+'/, `'${this.pick(DTYPES)}'`);
      else if (way === 1) text = text.replace(/\d+(?=[,)])/, () => String(this.int()));
      else if (way === 2) text = text.slice(0, at) + this.pick(HEADER_TEXTS) + text.slice(at + this.below(5));
      else text = text.replace('False', this.pick(['True', '0', 'None', '']));
    }
    const head = Buffer.alloc(10);
    Buffer.from(given.subarray(0, 8)).copy(head);
    head.writeUInt16LE(Math.min(text.length, 0xffff), 8);
    return Buffer.concat([head, Buffer.from(text, 'latin1'), given.subarray(10 + length)]);
  }

  /** Changes one value inside a JSON value, in place. */
  json(root: unknown): void {
    const holders: (Record<string, unknown> | unknown[])[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      holders.push(value as Record<string, unknown>);
      for (const inside of Object.values(value)) collect(inside);
    };
    collect(root);
    const holder = this.pick(holders) as Record<string, unknown>;
    const keys = Object.keys(holder);
    if (keys.length === 0) return;
    const key = this.pick(keys);
    const way = this.below(7);
    if (way === 0) delete holder[key];
    else if (way === 1) holder[key] = this.pick(TEXTS);
    else if (way === 2) holder[key] = this.pick(INTS);
    else if (way === 3) holder[key] = this.pick([null, true, [], {}, [[]]]);
    // A copy, because a value that holds itself is not JSON.
    else if (way === 4) holder[key] = structuredClone(this.pick(holders));
    else if (way === 5) holder[this.pick(TEXTS)] = structuredClone(holder[key]);
    else {
      const other = this.pick(holders) as Record<string, unknown>;
      holder[key] = Object.hasOwn(other, key) ? structuredClone(other[key]) : null;
    }
  }
}
