// Turns UBJSON as XGBoost writes it (ubjson.org, draft 12) into values. Sizes are compared with the bytes that are left before
// anything is allocated.
import type { Refuse } from '../refuse.js';
import { MOST_LEVELS, MOST_VALUES, type TypedNumbers, type Value } from './value.js';

export function readUbjson(bytes: Uint8Array, refuse: Refuse): Value {
  const reader = new UbjsonReader(bytes, refuse);
  const value = reader.value(reader.byte(), 0);
  reader.end();
  return value;
}

const ELEMENTS = {
  d: { size: 4, make: (n: number) => new Float32Array(n), read: (view: DataView, at: number) => view.getFloat32(at) },
  D: { size: 8, make: (n: number) => new Float64Array(n), read: (view: DataView, at: number) => view.getFloat64(at) },
  i: { size: 1, make: (n: number) => new Int8Array(n), read: (view: DataView, at: number) => view.getInt8(at) },
  U: { size: 1, make: (n: number) => new Uint8Array(n), read: (view: DataView, at: number) => view.getUint8(at) },
  I: { size: 2, make: (n: number) => new Int16Array(n), read: (view: DataView, at: number) => view.getInt16(at) },
  l: { size: 4, make: (n: number) => new Int32Array(n), read: (view: DataView, at: number) => view.getInt32(at) },
  L: {
    size: 8,
    make: (n: number) => new Float64Array(n),
    // Whoever asks for integers checks that they are whole and small.
    read: (view: DataView, at: number) => Number(view.getBigInt64(at)),
  },
} as const;

type Marker = keyof typeof ELEMENTS;
const isNumberMarker = (marker: string): marker is Marker => Object.hasOwn(ELEMENTS, marker);

class UbjsonReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: Refuse;
  readonly #text = new TextDecoder();
  #at = 0;
  #values = 0;

  constructor(bytes: Uint8Array, refuse: Refuse) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#refuse = refuse;
  }

  byte(): string {
    this.#need(1, 'a marker');
    return String.fromCharCode(this.#bytes[this.#at++]!);
  }

  end(): void {
    const left = this.#bytes.length - this.#at;
    if (left > 0) throw this.#bad(`${left} bytes follow the model`);
  }

  value(marker: string, depth: number): Value {
    this.#values += 1;
    if (this.#values > MOST_VALUES) throw this.#refuse.beyond(`it holds more than ${MOST_VALUES} values`);
    if (depth > MOST_LEVELS) throw this.#refuse.beyond(`it nests deeper than ${MOST_LEVELS} levels`);
    if (isNumberMarker(marker)) return this.#number(marker);
    switch (marker) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case 'S':
        return this.#string();
      case 'Z':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'C':
        return this.#number('U');
      default:
        throw this.#bad(`found ${JSON.stringify(marker)}, expected the marker of a value`, this.#at - 1);
    }
  }

  #object(depth: number): ReadonlyMap<string, Value> {
    const found = new Map<string, Value>();
    for (let marker = this.byte(); marker !== '}'; marker = this.byte()) {
      this.#at -= 1;
      const key = this.#string();
      if (found.has(key)) throw this.#bad(`the key ${JSON.stringify(key.slice(0, 80))} stands twice in one object`);
      found.set(key, this.value(this.byte(), depth + 1));
    }
    return found;
  }

  #array(depth: number): Value {
    let marker = this.byte();
    if (marker === '$') return this.#typedArray();
    const found: Value[] = [];
    if (marker === '#') {
      const count = this.#size('the number of elements', 1);
      for (let i = 0; i < count; i++) found.push(this.value(this.byte(), depth + 1));
      return found;
    }
    for (; marker !== ']'; marker = this.byte()) found.push(this.value(marker, depth + 1));
    return found;
  }

  #typedArray(): TypedNumbers {
    const type = this.byte();
    if (!isNumberMarker(type)) throw this.#bad(`an array of ${JSON.stringify(type)}, expected numbers`, this.#at - 1);
    if (this.byte() !== '#') throw this.#bad('a typed array without its size', this.#at - 1);
    const { size, make, read } = ELEMENTS[type];
    const count = this.#size('the size of an array', size);
    const found = make(count);
    for (let i = 0; i < count; i++) found[i] = read(this.#view, this.#at + i * size);
    this.#at += count * size;
    return found;
  }

  #number(marker: Marker): number {
    const { size, read } = ELEMENTS[marker];
    this.#need(size, 'a number');
    const value = read(this.#view, this.#at);
    this.#at += size;
    return value;
  }

  #string(): string {
    const length = this.#size('the length of a text', 1);
    const text = this.#text.decode(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return text;
  }

  /** A length whose elements take at least `each` bytes and are all in the file. */
  #size(what: string, each: number): number {
    const start = this.#at;
    const marker = this.byte();
    if (!isNumberMarker(marker) || marker === 'd' || marker === 'D')
      throw this.#bad(`${what} is marked ${JSON.stringify(marker)}, expected an integer`, start);
    const size = this.#number(marker);
    const left = this.#bytes.length - this.#at;
    if (size < 0 || size * each > left) throw this.#bad(`${what} is ${size}, but only ${left} bytes are left`, start);
    return size;
  }

  #need(size: number, what: string): void {
    if (this.#at + size > this.#bytes.length) throw this.#bad(`the file ends where ${what} is expected`);
  }

  #bad(say: string, at = this.#at) {
    return this.#refuse.malformed(`at byte ${at}: ${say}`);
  }
}
