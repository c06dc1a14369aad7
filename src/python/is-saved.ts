// Turns a value of a file into one whose kind is known, if it is of that kind.
import type { Saved, SavedArray, SavedDict, SavedList, SavedName, SavedObject } from './saved.js';

/** The kinds of a value that is more than one number or text. */
export interface ByType {
  list: SavedList;
  tuple: SavedList;
  set: SavedList;
  dict: SavedDict;
  array: SavedArray;
  object: SavedObject;
  name: SavedName;
}

export function isSaved<T extends keyof ByType>(value: Saved | undefined, type: T): value is ByType[T] {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type;
}
