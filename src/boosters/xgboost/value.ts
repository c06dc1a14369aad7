// What XGBoost's JSON and UBJSON hold: plain values, numbers of an array in a typed one, keys in a Map.

export type TypedNumbers = Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array;

export type Value = null | boolean | number | string | TypedNumbers | readonly Value[] | ReadonlyMap<string, Value>;

/** A model nests nine levels. */
export const MOST_LEVELS = 64;

/** Values besides the numbers of typed arrays: a tree has about twenty. */
export const MOST_VALUES = 4_000_000;
