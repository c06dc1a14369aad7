// The columns that data may have besides those of the signature: kept, ignored, or left out when the model was trained.

interface BesideNames {
  /** Carried to the output as they are. */
  readonly keep: readonly string[];
  /** May be there, and are not looked at. */
  readonly ignore: readonly string[];
  /** The model was trained without them: they were dropped, or one is its target. */
  readonly leftOut: readonly string[];
}

export class Beside {
  readonly keep: readonly string[];
  readonly #asked: ReadonlySet<string>;
  readonly #leftOut: ReadonlySet<string>;
  readonly #seen = new Set<string>();

  constructor({ keep, ignore, leftOut }: BesideNames = { keep: [], ignore: [], leftOut: [] }) {
    this.keep = keep;
    this.#asked = new Set([...keep, ...ignore]);
    this.#leftOut = new Set(leftOut);
  }

  /** Whether the data may have this column, which the signature does not name. */
  allows(name: string): boolean {
    if (this.#asked.has(name)) return true;
    if (!this.#leftOut.has(name)) return false;
    this.#seen.add(name);
    return true;
  }

  /** The columns that were in the data and that nobody asked to ignore. */
  get unasked(): readonly string[] {
    return [...this.#seen];
  }
}
