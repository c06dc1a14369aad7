// Turns nodes of schema.json, and files beside it, into a .skops file.
import { type EntryToWrite, writeZip } from './write-zip.js';

export type Node = Record<string, unknown>;

let lastId = 1000;

export function node(loader: string, type: string, fields: Node = {}): Node {
  const dot = type.lastIndexOf('.');
  lastId += 1;
  return {
    __class__: type.slice(dot + 1),
    __module__: type.slice(0, dot),
    __loader__: loader,
    __id__: lastId,
    ...fields,
  };
}

export const json = (value: unknown) => node('JsonNode', 'builtins.str', { content: JSON.stringify(value) });
export const list = (content: unknown[]) => node('ListNode', 'builtins.list', { content });
export const tuple = (content: unknown[]) => node('TupleNode', 'builtins.tuple', { content });
export const name = (type: string) => node('TypeNode', type);
export const array = (file: string) => node('NdArrayNode', 'numpy.ndarray', { type: 'numpy', file });

export function dict(content: Node, type = 'builtins.str'): Node {
  return node('DictNode', 'builtins.dict', { content, key_types: list(Object.keys(content).map(() => name(type))) });
}

export function skopsFile(root: Node, files: readonly EntryToWrite[] = [], protocol: unknown = 2): Buffer {
  const schema = Buffer.from(JSON.stringify({ ...root, protocol, _skops_version: '0.16.0' }));
  return writeZip([...files, { name: 'schema.json', data: schema }]);
}

/** A .npy file of float64 values. */
export function npyFile(file: string, values: readonly number[]): EntryToWrite {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01', 'latin1');
  head.writeUInt16LE(header.length, 8);
  const data = Buffer.concat([head, Buffer.from(header), new Uint8Array(new Float64Array(values).buffer)]);
  return { name: file, data };
}
