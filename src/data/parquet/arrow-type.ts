// What Arrow's reader, which pandas uses, makes of a Parquet column; this file names no package, because the library's types use it.
import type { TimeUnit } from './read-arrow-schema.js';

export type ArrowType =
  /** `json`: text that is JSON; `enum`: text of a few words, which Arrow reads as bytes. */
  | { readonly kind: 'null' | 'bool' | 'string' | 'json' | 'enum' | 'uuid' | 'binary' | 'date' }
  | { readonly kind: 'int'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly zone?: string }
  | { readonly kind: 'duration' | 'time'; readonly unit: TimeUnit }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'dictionary'; readonly values: ArrowType }
  | { readonly kind: 'list'; readonly items: ArrowType }
  | { readonly kind: 'map'; readonly values: ArrowType }
  | { readonly kind: 'struct'; readonly fields: readonly ArrowField[] }
  /** A signature cannot use these, which Arrow reads as bytes: intervals. */
  | { readonly kind: 'other'; readonly name: string };

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  /** False: it has a value wherever its struct has one. */
  readonly nullable: boolean;
}
