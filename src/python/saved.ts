// What a file of Python holds, as plain data: nothing in it was called or built, whatever reader made it (pickle or skops).

/**
 * None is null, a float is a number, an int is a bigint of any size, a str is a string, bytes and bytearray are a Uint8Array.
 * An object that the file shares is the same value here, so a value may occur twice, and in a hostile file it may hold itself.
 */
export type Saved =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | SavedList
  | SavedDict
  | SavedArray
  | SavedObject
  | SavedName;

export interface SavedList {
  readonly type: 'list' | 'tuple' | 'set';
  readonly items: Saved[];
}

/** A dict of Python: any value is a key, so it is not an object of JavaScript. */
export interface SavedDict {
  readonly type: 'dict';
  readonly entries: [key: Saved, value: Saved][];
}

/** A class or a function of a library, known by its exact name. It is never looked up. */
export interface SavedName {
  readonly type: 'name';
  readonly module: string;
  readonly name: string;
}

/** An object of a library's class. */
export interface SavedObject {
  readonly type: 'object';
  readonly module: string;
  readonly name: string;
  /** What the class would have been called with (`__reduce__`); empty for most. */
  readonly args: readonly Saved[];
  /** What `__setstate__` would get: for most, the dict of the attributes. Null if the file holds none. */
  state: Saved;
}

/** What numpy keeps in one array; a scalar of numpy is an array without dimensions. */
export interface SavedArray {
  readonly type: 'array';
  readonly dtype: ArrayType;
  readonly shape: readonly number[];
  /** In C order, whatever the file's order is. Null for an array of records. */
  readonly values: ArrayValues | null;
  /** The fields of an array of records, each of the array's shape (and the field's own, if it has one); else null. */
  readonly fields: ReadonlyMap<string, SavedArray> | null;
}

/** numpy's kind: f float, i int, u uint, b bool, U text, S bytes, O object, M and m times, c complex, V record. */
export interface ArrayType {
  readonly kind: 'f' | 'i' | 'u' | 'b' | 'U' | 'S' | 'O' | 'M' | 'm' | 'c' | 'V';
  /** Bytes of one element. */
  readonly size: number;
}

/** Float16 values are Float32Array. Booleans are 0 and 1. Times are their counts. Complex numbers are pairs. Text has no padding. */
export type ArrayValues =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | readonly string[]
  | readonly Uint8Array[]
  | readonly Saved[];
