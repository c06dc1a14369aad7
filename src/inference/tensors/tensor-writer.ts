// Turns the values of a table into the data of a tensor, by the type of the graph's input; nothing is rounded or cut but doubles
// to float32, as MLflow does.
import type { ElementType, TensorArray } from '../../data/element-types.js';
import { halfBits } from '../../data/half-float.js';
import { MlctlError } from '../../errors/error.js';
import { faultOfText } from '../../text/fault-of-text.js';
import { printable } from '../../text/printable.js';

/** What `onnxruntime` takes for `type`. */
export type TensorData = Exclude<InstanceType<TensorArray>, unknown[]> | readonly string[];

type Element = number | bigint | string;

export class TensorWriter {
  readonly data: TensorData;
  readonly #type: ElementType;
  readonly #input: string;
  readonly #rows: number;
  readonly #read: (value: unknown) => Element | string[];
  #at = 0;

  /** `size` elements in `rows` rows. */
  constructor(type: ElementType, input: string, rows: number, size: number) {
    this.#type = type;
    this.#input = input;
    this.#rows = rows;
    this.data = new (type.runs!.array as ArrayConstructor)(size) as unknown as TensorData;
    this.#read = readerOf(type);
  }

  /** The next element; a value that the type cannot hold is refused with its row. */
  add(value: unknown): void {
    const element = this.#read(value);
    if (Array.isArray(element)) throw this.#refused(element[0]!);
    (this.data as unknown as Element[])[this.#at++] = element;
  }

  #refused(why: string): MlctlError {
    const row = Math.floor((this.#at * this.#rows) / Math.max(this.data.length, 1));
    return new MlctlError(
      'DATA_INVALID',
      `feeding the model: the input ${JSON.stringify(this.#input)} takes ${this.#type.name}, but row ${row} holds ${why}`,
      { hint: 'mlctl load shows what the model takes', details: { input: this.#input, row } },
    );
  }
}

/** A reader gives the element, or in a list what was found instead. */
function readerOf({ name, bits, runs }: ElementType): (value: unknown) => Element | string[] {
  switch (runs!.kind) {
    case 'text':
      return textElement;
    case 'bool':
      return (value) => (typeof value === 'boolean' ? Number(value) : [shown(value)]);
    case 'float':
      return (value) => floatElement(value, name);
    default: {
      const [low, high] = runs!.kind === 'uint' ? [0n, (1n << BigInt(bits)) - 1n] : signedRange(bits);
      return bits === 64 ? longElement(low, high) : integerElement(Number(low), Number(high));
    }
  }
}

const signedRange = (bits: number): [bigint, bigint] => [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n];

function textElement(value: unknown): string | string[] {
  if (typeof value !== 'string') return [shown(value)];
  const fault = faultOfText(value);
  return fault === null ? value : [`a text with ${fault}`];
}

function floatElement(value: unknown, name: string): number | string[] {
  const number = typeof value === 'bigint' && BigInt(Number(value)) === value ? Number(value) : value;
  if (typeof number !== 'number') return [shown(value)];
  if (name === 'float64') return number;
  const bits = halfBits(number);
  const tooLarge = name === 'float16' ? (bits & 0x7fff) === 0x7c00 : !Number.isFinite(Math.fround(number));
  if (tooLarge && Number.isFinite(number)) return [`${number}, which is too large`];
  return name === 'float16' ? bits : number;
}

const longElement =
  (low: bigint, high: bigint) =>
  (value: unknown): bigint | string[] => {
    const whole = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
    return typeof whole === 'bigint' && whole >= low && whole <= high ? whole : [shown(value)];
  };

const integerElement =
  (low: number, high: number) =>
  (value: unknown): number | string[] => {
    const whole = typeof value === 'bigint' ? Number(value) : value;
    return typeof whole === 'number' && Number.isInteger(whole) && whole >= low && whole <= high
      ? whole
      : [shown(value)];
  };

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'a missing value';
  if (typeof value === 'string') return `the text "${printable(value, 60)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : String(value);
}
