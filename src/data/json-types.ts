// JSON as it was written: the spelling of numbers, and the order and repetition of keys, are kept because verdicts depend on
// them.

/** A number with its spelling: `3` and `3.0` differ, 2^53+1 is exact. `NaN`, `Infinity` and `-Infinity` are words Python accepts. */
export interface JsonNumber {
  readonly kind: 'number';
  readonly text: string;
  /** The nearest double, if that was known while the text was read, and if it is the number itself for a whole number. */
  readonly double?: number | undefined;
  /** A number of JavaScript, not of a text: nobody chose between the spellings 2 and 2.0. */
  readonly isNative?: true;
}

/** Pairs in the order written, repeated keys included. */
export interface JsonObject {
  readonly kind: 'object';
  readonly entries: readonly (readonly [key: string, value: JsonValue])[];
}

export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
