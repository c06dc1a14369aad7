// Turns pickles that are whole into pickles that are wrong in one to four places, the same ones for the same seed.
import { OPCODES, REFUSED } from '../../src/python/pickle/opcodes.js';

export interface Token {
  readonly code: number;
  /** Of the argument, which for texts begins with its length. */
  readonly argument: Buffer;
}

/** Bytes of the argument; `n1` to `n8` is a length of so many bytes and what follows it, `line` and `lines` end in a newline. */
const ARGUMENTS: Record<string, number | 'n1' | 'n4' | 'n8' | 'line' | 'lines'> = {
  INT: 'line',
  LONG: 'line',
  FLOAT: 'line',
  STRING: 'line',
  UNICODE: 'line',
  GET: 'line',
  PUT: 'line',
  GLOBAL: 'lines',
  BININT: 4,
  BININT1: 1,
  BININT2: 2,
  BINFLOAT: 8,
  BINGET: 1,
  LONG_BINGET: 4,
  BINPUT: 1,
  LONG_BINPUT: 4,
  PROTO: 1,
  FRAME: 8,
  LONG1: 'n1',
  LONG4: 'n4',
  SHORT_BINSTRING: 'n1',
  BINSTRING: 'n4',
  SHORT_BINUNICODE: 'n1',
  BINUNICODE: 'n4',
  BINUNICODE8: 'n8',
  SHORT_BINBYTES: 'n1',
  BINBYTES: 'n4',
  BINBYTES8: 'n8',
  BYTEARRAY8: 'n8',
};

/** Only of files of pickle itself: joblib's hold bytes between the opcodes. */
export function tokensOf(bytes: Buffer): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] as number;
    const end = at + 1 + argumentLength(ARGUMENTS[OPCODES[code]?.[0] ?? ''] ?? 0, bytes, at + 1);
    tokens.push({ code, argument: bytes.subarray(at + 1, end) });
    at = end;
  }
  return tokens;
}

function argumentLength(kind: (typeof ARGUMENTS)[string], bytes: Buffer, at: number): number {
  if (typeof kind === 'number') return kind;
  if (kind === 'n1') return 1 + bytes.readUInt8(at);
  if (kind === 'n4') return 4 + bytes.readUInt32LE(at);
  if (kind === 'n8') return 8 + Number(bytes.readBigUInt64LE(at));
  const first = bytes.indexOf(10, at) + 1;
  return (kind === 'line' ? first : bytes.indexOf(10, first) + 1) - at;
}

const EDGES = [0, 1, 2, 3, 9, 10, 46, 127, 128, 255];
const CODES = [...Object.keys(OPCODES), ...Object.keys(REFUSED)].map(Number);

export class Mutator {
  #state: number;

  constructor(
    seed: number,
    private readonly files: readonly Buffer[],
    private readonly tokens: readonly (readonly Token[])[],
  ) {
    this.#state = seed * 2 + 1;
  }

  mutant(): Buffer {
    const isToken = this.tokens.length > 0 && this.#below(3) > 0;
    return isToken ? this.#ofTokens([...this.#one(this.tokens)]) : this.#ofBytes(Buffer.from(this.#one(this.files)));
  }

  #below(end: number): number {
    // Marsaglia's xorshift with 32 bits.
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }

  #one<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }

  #ofBytes(bytes: Buffer): Buffer {
    for (let times = 1 + this.#below(4); times > 0 && bytes.length > 0; times -= 1) {
      const at = this.#below(bytes.length);
      const length = this.#below(12);
      const other = this.#one(this.files);
      const from = this.#below(other.length);
      if (this.#below(2) === 0)
        bytes[at] = this.#one([this.#one(EDGES), this.#below(256), (bytes[at] as number) ^ (1 << this.#below(8))]);
      else if (this.#below(8) === 0) return bytes.subarray(0, at);
      else
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          other.subarray(from, from + length),
          bytes.subarray(at + this.#below(12)),
        ]);
    }
    return bytes;
  }

  #ofTokens(tokens: Token[]): Buffer {
    for (let times = 1 + this.#below(4); times > 0; times -= 1) {
      const at = this.#below(tokens.length);
      const token = tokens[at] as Token;
      const other = this.#one(this.#one(this.tokens));
      const changes: (() => void)[] = [
        () => tokens.splice(at, 1),
        () => tokens.splice(at, 0, token),
        () => tokens.splice(at, 0, other),
        () => tokens.splice(at, 1, other),
        () => tokens.splice(at, 0, ...this.#one(this.tokens).slice(this.#below(200)).slice(0, this.#below(40))),
        () => tokens.splice(at, this.#below(20)),
        () => tokens.splice(at, 1, tokens[this.#below(tokens.length)] as Token),
        () => tokens.splice(at, 1, { code: this.#one(CODES), argument: token.argument }),
        () => tokens.splice(at, 0, { code: this.#one(CODES), argument: Buffer.alloc(0) }),
        () => tokens.splice(at, 1, { code: token.code, argument: this.#edge(token.argument) }),
        () => tokens.splice(at, 1, { code: token.code, argument: this.#edge(token.argument) }),
      ];
      this.#one(changes)();
      if (tokens.length === 0) break;
    }
    return Buffer.concat(tokens.flatMap(({ code, argument }) => [Buffer.from([code]), argument]));
  }

  /** The same argument with one byte at an edge, or all of its first bytes. */
  #edge(argument: Buffer): Buffer {
    const changed = Buffer.from(argument);
    if (changed.length === 0) return changed;
    if (this.#below(3) === 0)
      return changed.fill(this.#one([0, 0x7f, 0xff]), 0, Math.min(changed.length, this.#one([1, 2, 4, 8])));
    changed[this.#below(Math.min(changed.length, 20))] = this.#one([...EDGES, ...Buffer.from('0129-. \n\\')]);
    return changed;
  }
}
