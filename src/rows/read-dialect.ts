// Turns what a request or a recipe says about a CSV file into its dialect. Throws USAGE for a word that has no meaning.
import { DIALECT_RULES, type Dialect, USUAL_DIALECT } from '../data/csv/dialect.js';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import type { Format } from './formats.js';

export interface GivenDialect {
  /** Between two cells, if it is not a comma, or a tab in TSV. */
  readonly delimiter?: string;
  /** `,` if numbers are written with a comma. */
  readonly decimal?: string;
  /** If it is not UTF-8. */
  readonly encoding?: string;
  /** Words that stand for a missing value. */
  readonly missingValues?: readonly string[];
  /** Around cells, if it is not `"`; `none`: no quotes. */
  readonly quote?: string | null;
}

/** As a recipe calls them. */
export const recipeDialect = ({ delimiter, decimal, encoding, missingValues, quote }: GivenDialect) => ({
  delimiter: delimiter === undefined ? undefined : (DIALECT_RULES.delimiter.read(delimiter) ?? delimiter),
  decimal: decimal as '.' | ',' | undefined,
  encoding,
  missing_values: missingValues,
  quote,
});

const FLAGS = {
  delimiter: { what: 'delimiter', hint: "for example --delimiter ';'" },
  decimal: { what: 'decimal mark', hint: "for example --decimal ','" },
  encoding: { what: 'encoding', hint: 'for example --encoding windows-1252' },
  missingValues: { what: 'list of words for a missing value', hint: "for example --missing-values 'NA,?'" },
  quote: { what: 'quote', hint: 'for example --quote none' },
} as const;

const KEYS = Object.keys(FLAGS) as (keyof typeof FLAGS)[];

/** Only CSV has a dialect; a format with a usual delimiter of its own keeps it. */
export function readDialect(
  given: GivenDialect,
  { delimiter: usual, title }: Pick<Format, 'delimiter' | 'title'>,
): Dialect {
  const stated = KEYS.filter((key) => given[key] !== undefined);
  if (usual === null && stated.length > 0) {
    const { what, hint } = FLAGS[stated[0]!];
    const flag = /--[a-z-]+/.exec(hint)![0];
    throw new MlctlError('USAGE', `${title} has no ${what} that could be chosen; only CSV has`, {
      hint: `leave ${flag} (in a recipe: data.${flag.slice(2).replace('-', '_')}) out`,
    });
  }
  const read = Object.fromEntries(stated.map((key) => [key, checked(key, given[key])]));
  const dialect = { ...USUAL_DIALECT, ...(usual === null ? {} : { delimiter: usual }), ...read };
  if (dialect.quote === dialect.delimiter)
    throw new MlctlError('USAGE', `the quote and the delimiter are both ${JSON.stringify(dialect.quote)}`, {
      hint: 'name another character for one of them',
    });
  return dialect;
}

function checked(key: keyof typeof FLAGS, given: unknown): unknown {
  const rule = DIALECT_RULES[key];
  const value = rule.read(given);
  if (value !== undefined) return value;
  const { what, hint } = FLAGS[key];
  const found = JSON.stringify(printable(String(given), 40));
  throw new MlctlError('USAGE', `${found} cannot be the ${what}; expected ${rule.expected}`, { hint });
}
