// Turns a dtype's name into what numpy and pandas know about it: kind, size, how messages print it.
import { halfBits, halfValue } from '../../../data/half-float.js';

/** numpy's kind letter; pandas' extension dtypes answer with the kind pandas gives them. */
type Kind = 'b' | 'i' | 'u' | 'f' | 'c' | 'M' | 'm' | 'O' | 'U' | 'S' | 'V';

const NUMBERS = /^(?<name>u?int|float|complex)(?<bits>\d+)$/i;

const kinds = new Map<string, Kind>();
const sizes = new Map<string, number>();
const ranges = new Map<string, readonly [bigint, bigint]>();

/** Names of dtypes may come from data, so the number of remembered ones is limited. */
function remember<T>(known: Map<string, T>, dtype: string, find: (dtype: string) => T): T {
  let value = known.get(dtype);
  if (value === undefined) {
    value = find(dtype);
    if (known.size < 1000) known.set(dtype, value);
  }
  return value;
}

export function dtypeKind(dtype: string): Kind {
  return remember(kinds, dtype, findKind);
}

function findKind(dtype: string): Kind {
  const number = NUMBERS.exec(dtype)?.groups?.name?.toLowerCase();
  if (number !== undefined) return number === 'int' ? 'i' : number === 'uint' ? 'u' : number === 'float' ? 'f' : 'c';
  if (dtype === 'bool' || dtype === 'boolean') return 'b';
  if (dtype.startsWith('datetime64')) return 'M';
  if (dtype.startsWith('timedelta64')) return 'm';
  if (dtype === 'numpy-str') return 'U';
  if (dtype === 'bytes' || dtype.startsWith('|S')) return 'S';
  return dtype.startsWith('void') ? 'V' : 'O';
}

export function itemSize(dtype: string): number {
  return remember(sizes, dtype, findSize);
}

function findSize(dtype: string): number {
  const bits = NUMBERS.exec(dtype)?.groups?.bits;
  if (bits !== undefined) return Number(bits) / 8;
  return dtype === 'bool' || dtype === 'boolean' ? 1 : 8;
}

/** The unit of `datetime64[ns]`, `ns`; `generic` if there is none. */
export function unitOf(dtype: string): string {
  const found = /\[(?<unit>[^,\]]+)/.exec(dtype)?.groups?.unit;
  return found ?? 'generic';
}

/** Wraps an integer into the range of an integer dtype, as C casts do. */
export function wrapInt(value: bigint, dtype: string): bigint {
  const bits = itemSize(dtype) * 8;
  return dtypeKind(dtype) === 'u' ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
}

export function intRange(dtype: string): readonly [bigint, bigint] {
  return remember(ranges, dtype, findRange);
}

function findRange(dtype: string): readonly [bigint, bigint] {
  const bits = BigInt(itemSize(dtype) * 8);
  return dtypeKind(dtype) === 'u' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

/** Rounds to the precision of a float dtype. */
export function roundFloat(value: number, dtype: string): number {
  if (dtype === 'float32' || dtype === 'Float32') return Math.fround(value);
  return dtype === 'float16' ? halfValue(halfBits(value)) : value;
}
