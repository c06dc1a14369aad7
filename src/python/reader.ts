// The rows of the tables of readers: under which names Python knows a class, and how its value is made.
import type { Part } from '../estimators/fitted.js';
import type { Attributes } from './attributes.js';
import type { Value } from './value.js';

/** Makes the value of an estimator that is inside another. */
export type ReadPart = (value: Value) => Part;

export interface ReaderRow {
  /** The modules that a version of the library had the class in, such as `sklearn.svm._classes`. */
  readonly modules: readonly string[];
  /** Checks all that the evaluation relies on: shapes, places and cycles. */
  readonly read: (attributes: Attributes, read: ReadPart) => Part;
}

/** A reader for each class of a family. */
export type ReadersOf<Table> = { readonly [K in keyof Table]: ReaderRow | 'unsupported' };
