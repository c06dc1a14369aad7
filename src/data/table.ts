// A table of typed columns: what the caster makes of any input, what training reads and what inference takes.

/**
 * Values of one column, all of length `Table.rows`. `nulls[i] === 1` marks a missing value (its slot then holds NaN, 0n, 0, ''
 * …); if it is absent, no value is missing. `text` cells are what a CSV reader gives before casting.
 */
type ColumnData =
  | { readonly type: 'double'; readonly values: Float64Array; readonly nulls?: Uint8Array }
  | { readonly type: 'float'; readonly values: Float32Array; readonly nulls?: Uint8Array }
  | { readonly type: 'long'; readonly values: BigInt64Array; readonly nulls?: Uint8Array }
  | { readonly type: 'integer'; readonly values: Int32Array; readonly nulls?: Uint8Array }
  | { readonly type: 'boolean'; readonly values: Uint8Array; readonly nulls?: Uint8Array }
  | { readonly type: 'string'; readonly values: readonly string[]; readonly nulls?: Uint8Array }
  | { readonly type: 'binary'; readonly values: readonly Uint8Array[]; readonly nulls?: Uint8Array }
  /** Nanoseconds since 1970, no zone, as numpy's datetime64[ns]. */
  | { readonly type: 'datetime'; readonly values: BigInt64Array; readonly nulls?: Uint8Array }
  /** Nested or unconstrained values (Array, Object, Map, AnyType), as plain JSON-like values. */
  | { readonly type: 'object'; readonly values: readonly unknown[]; readonly nulls?: Uint8Array };

export type Column = ColumnData & { readonly name: string };

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}
