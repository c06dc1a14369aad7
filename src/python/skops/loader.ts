// What the loaders of skops' nodes are given, and what they make: one function for each word that `__loader__` can be.
import type { Saved } from '../saved.js';
import type { ZipArchive } from '../zip/open-zip.js';
import type { Json } from './parse-schema.js';
import type { Place } from './place.js';
import type { SchemaNode } from './schema-node.js';

export interface Reading {
  readonly protocol: number;
  /** The value of another node: of its own, or of the node with the same id that was read before. */
  read(value: Json | undefined, place: Place): Saved;
  /** Refuses a class or function that is neither on the caller's list nor one of `own` (`module.name`). */
  checkName(module: string, name: string, place: Place, own?: readonly string[]): void;
  /** Counts values that are made without a node of their own. */
  count(values: number, place: Place): void;
  /** What `decode` makes of a file of the archive. Nodes that name the same file get the same value
   * from the same function, so that no file is decoded a million times. */
  decoded(file: string, place: Place, decode: (bytes: Uint8Array, where: string) => Saved): Saved;
  /** An archive inside the archive. */
  inner(file: string, place: Place): ZipArchive;
}

export type Loader = (node: SchemaNode, place: Place, reading: Reading) => Saved;

export interface LoaderTable {
  readonly [loader: string]: Loader;
}
