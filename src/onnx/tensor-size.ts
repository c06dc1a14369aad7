// Turns a tensor into how many elements and bytes it claims to have, and how many it contains; BigInt, so that nothing overflows.
import { elementType } from '../data/element-types.js';
import type { TensorProto } from './graph.js';

/** More than any file or memory holds. Counts stop growing here, so that a list of huge sizes costs no time. */
const BEYOND_ALL = 1n << 100n;

export function elementCount(dims: readonly bigint[]): bigint {
  if (dims.includes(0n)) return 0n;
  let count = 1n;
  for (const size of dims) {
    count *= size;
    if (count > BEYOND_ALL) count = BEYOND_ALL;
    else if (count < -BEYOND_ALL) count = -BEYOND_ALL;
  }
  return count;
}

/** Null for text and unknown types, which have no fixed size. */
export function declaredBytes(tensor: TensorProto): bigint | null {
  const bits = elementType(tensor.dataType)?.bits ?? 0;
  return bits === 0 ? null : (elementCount(tensor.dims ?? []) * BigInt(bits) + 7n) / 8n;
}

/** Bytes of the tensor's data inside the file. */
export function inlineBytes(tensor: TensorProto): number {
  let bytes = tensor.rawData?.length ?? 0;
  for (const { byteLength } of typedData(tensor)) bytes += byteLength;
  return bytes;
}

interface TypedData {
  readonly field: string;
  readonly length: number;
  readonly byteLength: number;
}

const FIELDS = ['floatData', 'int32Data', 'stringData', 'int64Data', 'doubleData', 'uint64Data'] as const;

/** The typed data fields that have content (there should be at most one). */
export function typedData(tensor: TensorProto): TypedData[] {
  const found: TypedData[] = [];
  for (const field of FIELDS) {
    const values = tensor[field];
    if (values === undefined || values.length === 0) continue;
    found.push({
      field,
      length: values.length,
      byteLength: (values as { byteLength?: number }).byteLength ?? values.length,
    });
  }
  return found;
}

/** The typed field an element type belongs in, and how many values `count` elements take there (onnx.proto, TensorProto). */
export function typedField(typeName: string, bits: number, count: bigint): { field: string; values: bigint } {
  switch (typeName) {
    case 'float32':
      return { field: 'floatData', values: count };
    case 'complex64':
      return { field: 'floatData', values: count * 2n };
    case 'float64':
      return { field: 'doubleData', values: count };
    case 'complex128':
      return { field: 'doubleData', values: count * 2n };
    case 'string':
      return { field: 'stringData', values: count };
    case 'int64':
      return { field: 'int64Data', values: count };
    case 'uint32':
    case 'uint64':
      return { field: 'uint64Data', values: count };
    default:
      // Types of less than a byte store several elements in one value.
      return { field: 'int32Data', values: bits < 8 ? (count * BigInt(bits) + 7n) / 8n : count };
  }
}
