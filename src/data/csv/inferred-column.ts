// Turns the cells of one CSV column, one after the other, into a typed column, with the type that pandas.read_csv infers.
import { MlctlError } from '../../errors/error.js';
import { MISSING_WORDS } from '../missing-words.js';
import type { Column } from '../table.js';
import type { Dialect } from './dialect.js';

const TRUE = new Set(['True', 'TRUE', 'true']);
const FALSE = new Set(['False', 'FALSE', 'false']);
/** A cell that is a number, by the decimal mark. */
export const NUMBER_TEXT = {
  '.': /^ *[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)? *$/,
  ',': /^ *[-+]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][-+]?\d+)? *$/,
} as const;
const FRACTION = /[.,eE]/;
const INFINITE = /^ *([-+]?)inf(?:inity)? *$/i;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
/** Room at first: a wide table may have few rows. */
const FIRST_ROWS = 16;
/** Columns usually have few different texts; up to this many are kept once each. */
const MOST_KNOWN = 65_536;

/** What a cell means, for all columns of a file. */
interface CellRules {
  readonly decimal: Dialect['decimal'];
  readonly missing: ReadonlySet<string>;
  /** One of the words may look like a number (-999). */
  readonly missingFirst: boolean;
}

/** Users also read the same file with pd.read_csv, so the same cells must be missing here, quoted or not. */
export const cellRules = ({ decimal, missingValues }: Dialect): CellRules => ({
  decimal,
  missing: new Set(['', ...MISSING_WORDS, ...missingValues]),
  missingFirst: missingValues.length > 0,
});

/**
 * Whole numbers become `long` (exact to 64 bits), or `double` if some are missing; decimals `double`; true and false `boolean`;
 * anything else `string`. A column without any value is `double`, all missing. If the texts of earlier cells turn out to be
 * needed, `isUnsettled` says so: `again` is called, and the same cells are read once more.
 */
export class InferredColumn {
  readonly name: string;
  #rows = 0;
  #values = new Float64Array(FIRST_ROWS);
  #nulls = new Uint8Array(FIRST_ROWS);
  #missing = 0;
  #numbers = 0;
  #flags = 0;
  #allWhole = true;
  #beyondDouble = false;
  /** Since the first cell that is neither a number nor a flag. */
  #texts: string[] | null = null;
  #textsLost = false;
  #known: Map<string, string> | null = null;
  readonly #rules: CellRules;
  readonly #number: RegExp;

  constructor(name: string, rules: CellRules) {
    this.name = name;
    this.#rules = rules;
    this.#number = NUMBER_TEXT[rules.decimal];
  }

  take(text: string): void {
    const row = this.#rows++;
    if (this.#textsLost) return;
    if (row === this.#values.length) this.#grow();
    const { missing, missingFirst } = this.#rules;
    // Most cells are numbers, and none of pandas' words for a missing value looks like one.
    if (this.#texts === null && !(missingFirst && missing.has(text)) && this.#takeNumber(text, row)) return;
    if (missing.has(text)) {
      this.#values[row] = Number.NaN;
      this.#nulls[row] = 1;
      this.#missing++;
      this.#texts?.push('');
    } else if (this.#texts !== null) this.#texts.push(this.#once(text));
    else if (!this.#takeFlag(text, row)) this.#takeText(text, row);
  }

  /** Whether all cells must be read again, for their texts. `file` is named if no type can hold the values. */
  isUnsettled(file: string): boolean {
    if (this.#texts !== null) return false;
    if (this.#textsLost || (this.#flags > 0 && this.#numbers > 0)) return true;
    const wide = this.#beyondDouble && this.#allWhole;
    if (wide && this.#missing > 0)
      throw new MlctlError(
        'DATA_INVALID',
        `${file}: column ${JSON.stringify(this.name)} has whole numbers beyond 2^53 and missing values; with those it would be float64, which rounds the numbers`,
        {
          hint: 'fill the gaps in the data, or leave the column out with data: { drop: […] }',
          details: { column: this.name },
        },
      );
    return wide;
  }

  again(): void {
    this.#texts = [];
    this.#beyondDouble &&= this.#allWhole && !this.#textsLost && this.#flags === 0;
    this.#textsLost = false;
    this.#rows = 0;
    this.#missing = 0;
    this.#nulls.fill(0);
  }

  finish(): Column {
    const { name } = this;
    const rows = this.#rows;
    const marks = this.#missing > 0 ? { nulls: this.#nulls.slice(0, rows) } : {};
    if (this.#texts !== null) {
      const wide = this.#beyondDouble ? longsOf(this.#texts) : null;
      return wide === null
        ? { name, type: 'string', values: this.#texts, ...marks }
        : { name, type: 'long', values: wide };
    }
    const values = this.#values.slice(0, rows);
    if (this.#flags > 0) return { name, type: 'boolean', values: Uint8Array.from(values), ...marks };
    if (this.#numbers > 0 && this.#allWhole && this.#missing === 0) {
      const longs = new BigInt64Array(rows);
      for (let row = 0; row < rows; row++) longs[row] = BigInt(values[row]!);
      return { name, type: 'long', values: longs };
    }
    return { name, type: 'double', values, ...marks };
  }

  #takeNumber(text: string, row: number): boolean {
    let value: number;
    if (this.#number.test(text)) {
      value = Number(this.#rules.decimal === '.' ? text : text.replace(',', '.'));
      if (this.#allWhole && FRACTION.test(text)) this.#allWhole = false;
      if (this.#allWhole && !Number.isSafeInteger(value)) this.#beyondDouble = true;
    } else {
      const infinite = INFINITE.exec(text);
      if (infinite === null) return false;
      value = infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      this.#allWhole = false;
    }
    this.#values[row] = value;
    this.#numbers++;
    return true;
  }

  #takeFlag(text: string, row: number): boolean {
    const flag = TRUE.has(text);
    if (!flag && !FALSE.has(text)) return false;
    this.#values[row] = flag ? 1 : 0;
    this.#flags++;
    return true;
  }

  #takeText(text: string, row: number): void {
    if (this.#numbers > 0 || this.#flags > 0) this.#textsLost = true;
    else this.#texts = [...new Array<string>(row).fill(''), this.#once(text)];
  }

  #once(text: string): string {
    this.#known ??= new Map();
    const same = this.#known.get(text);
    if (same === undefined && this.#known.size < MOST_KNOWN) this.#known.set(text, text);
    return same ?? text;
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2);
    const nulls = new Uint8Array(values.length);
    values.set(this.#values);
    nulls.set(this.#nulls);
    this.#values = values;
    this.#nulls = nulls;
  }
}

/** Exact to 64 bits; null if the number does not fit: then the cells are text, as in pandas. */
function longsOf(texts: readonly string[]): BigInt64Array<ArrayBuffer> | null {
  const values = new BigInt64Array(texts.length);
  for (const [row, text] of texts.entries()) {
    const value = BigInt(text.trim().replace(/^\+/, ''));
    if (value < INT64[0] || value > INT64[1]) return null;
    values[row] = value;
  }
  return values;
}
