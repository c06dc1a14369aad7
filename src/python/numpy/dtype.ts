// Turns the text of a dtype of numpy (`<f8`, `|S5`, `<M8[ns]`) into what one element of an array is.
import { malformed, unsupported } from '../refuse.js';
import type { ArrayType } from '../saved.js';

export interface DType extends ArrayType {
  readonly bigEndian: boolean;
  /** What one count of a time is (`ns`, `25s`); null for all other kinds, and for a time without a unit. */
  readonly unit: string | null;
  /** Of records, in the order of the file; else null. */
  readonly fields: readonly DTypeField[] | null;
}

export interface DTypeField {
  readonly name: string;
  readonly dtype: DType;
  readonly offset: number;
  /** The dimensions that the field adds to each element; empty for most. */
  readonly shape: readonly number[];
}

const GRAMMAR = /^([<>=|]?)([fiubUSaOMmcV?])(\d{0,10})(?:\[([a-zA-Z0-9/]{1,16})\])?$/;
const SIZES: Partial<Record<string, readonly number[]>> = {
  f: [2, 4, 8],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  b: [1],
  O: [8],
  M: [8],
  m: [8],
  c: [8, 16],
};
/** The sizes of numpy's own that JavaScript has no number for. */
const WIDE: Partial<Record<string, readonly number[]>> = { f: [12, 16], c: [24, 32] };

/** A text of U is given in characters, as in the file; `size` is in bytes. */
export function parseDType(text: string, where: string): DType {
  const parts = GRAMMAR.exec(text);
  if (parts === null) throw malformed(where, `the dtype '${text}'`, 'a dtype of numpy, such as <f8');
  const [, order, letter, digits, unit] = parts;
  const kind = (letter === '?' ? 'b' : letter === 'a' ? 'S' : letter) as ArrayType['kind'];
  if (unit !== undefined && kind !== 'M' && kind !== 'm')
    throw malformed(where, `the dtype '${text}'`, 'a unit in brackets only on times');
  const size = sizeOf(kind, digits ?? '') * (kind === 'U' ? 4 : 1);
  if (WIDE[kind]?.includes(size)) throw unsupported(where, `the dtype '${text}'`, 'numbers of at most 64 bits');
  if (SIZES[kind]?.includes(size) === false)
    throw malformed(where, `the dtype '${text}'`, `a size that numpy has: ${SIZES[kind]?.join(', ')} bytes`);
  return { kind, size, bigEndian: order === '>', unit: unit ?? null, fields: null };
}

function sizeOf(kind: ArrayType['kind'], digits: string): number {
  if (digits !== '') return Number(digits);
  if (kind === 'b') return 1;
  if (kind === 'O' || kind === 'M' || kind === 'm') return 8;
  return 0;
}

/** The text of a dtype, for messages and for what a dtype is as a value; `V` and its size for records. */
export function dtypeText(dtype: DType): string {
  const { kind, size, unit } = dtype;
  const order = size === 1 || kind === 'S' || kind === 'O' || kind === 'V' ? '|' : dtype.bigEndian ? '>' : '<';
  const count = kind === 'O' ? '' : String(kind === 'U' ? size / 4 : size);
  return `${order}${kind}${count}${unit === null ? '' : `[${unit}]`}`;
}
