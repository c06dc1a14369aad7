// The limits of everything that reads a file of Python. A hostile file meets one of them before it has cost much memory or time.

export interface ReadLimits {
  /** Bytes of the file itself. */
  readonly fileBytes: number;
  /** Values that the file makes, counted as they are made. */
  readonly values: number;
  /** Objects inside objects. */
  readonly depth: number;
  /** Digits of an int that is written as text; Python has the same limit. */
  readonly digits: number;
  /** Milliseconds that reading may take. */
  readonly milliseconds: number;
}

export const READ_LIMITS: ReadLimits = {
  fileBytes: 2 ** 31,
  values: 5_000_000,
  depth: 200,
  digits: 4300,
  milliseconds: 120_000,
};

/** numpy has the same limit on dimensions. Records inside records are rare, and sklearn's are never more than two deep. */
export const ARRAY_LIMITS = {
  dimensions: 64,
  fields: 256,
  recordDepth: 4,
  /** An array without elements may say any length, and its reader would count up to it. */
  emptyLength: 10_000_000,
  /** Texts are values of their own, which take more memory than in the file; bytes take far more, and are rare. */
  texts: 2_000_000,
  bytes: 100_000,
} as const;

export interface ZipLimits {
  readonly entries: number;
  /** All entries together may inflate to `freeBytes`, and beyond that to `ratio` times the file. */
  readonly freeBytes: number;
  readonly ratio: number;
}

/** A forest of 10,000 trees has 50,000 entries. A deflated forest inflates to seven times its size. */
export const ZIP_LIMITS: ZipLimits = { entries: 200_000, freeBytes: 2 ** 26, ratio: 20 };
