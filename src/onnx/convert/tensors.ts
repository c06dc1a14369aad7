// Turns plain values into TensorProto, little-endian raw data; a NaN always has the same bits, whatever made it.
import { DATA_TYPE } from '../../data/element-types.js';
import type { TensorProto } from '../graph.js';

export function doubleTensor(name: string, dims: readonly number[], values: ArrayLike<number>): TensorProto {
  const raw = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) raw.setBigUint64(i * 8, 0x7ff8000000000000n, true);
    else raw.setFloat64(i * 8, value, true);
  }
  return tensor(name, dims, DATA_TYPE.DOUBLE, raw);
}

export function int64Tensor(name: string, dims: readonly number[], values: ArrayLike<bigint>): TensorProto {
  const raw = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) raw.setBigInt64(i * 8, values[i]!, true);
  return tensor(name, dims, DATA_TYPE.INT64, raw);
}

export function bytesTensor(name: string, dims: readonly number[], values: readonly boolean[]): TensorProto {
  const raw = new DataView(new ArrayBuffer(values.length));
  for (const [i, value] of values.entries()) raw.setUint8(i, value ? 1 : 0);
  return tensor(name, dims, DATA_TYPE.BOOL, raw);
}

export function stringTensor(name: string, dims: readonly number[], values: readonly string[]): TensorProto {
  const utf8 = new TextEncoder();
  return {
    dims: dims.map(BigInt),
    dataType: DATA_TYPE.STRING,
    stringData: values.map((text) => utf8.encode(text)),
    name,
  };
}

function tensor(name: string, dims: readonly number[], dataType: number, raw: DataView): TensorProto {
  return { dims: dims.map(BigInt), dataType, name, rawData: new Uint8Array(raw.buffer) };
}
