// The flags that say how a CSV file is written, and what they say; what nobody says is never guessed.
import type { GivenDialect } from '../../rows/read-dialect.js';
import type { OptionFacts } from '../command.js';
import { defined } from '../defined.js';
import { oneOf, words } from '../values.js';

export const DIALECT_OPTIONS: readonly OptionFacts[] = [
  {
    flags: '--delimiter <char>',
    meaning: "Character between the cells of a CSV file (default: a comma; '\\t': a tab).",
  },
  {
    flags: '--decimal <mark>',
    meaning: 'Mark before the decimals of a CSV file: a point (default) or a comma.',
    parse: oneOf('--decimal', ['.', ',']),
  },
  { flags: '--encoding <name>', meaning: 'Encoding of a CSV file, such as windows-1252 or utf-16 (default: utf-8).' },
  {
    flags: '--missing-values <words>',
    meaning: 'Words of a CSV file that mean a missing value, separated by commas.',
    parse: words('--missing-values'),
  },
  { flags: '--quote <char>', meaning: 'Character around cells of a CSV file, or none (default: ").' },
];

export const IGNORE_OPTION: OptionFacts = {
  flags: '--ignore <columns>',
  meaning: 'Columns that the rows may have and the model does not take, separated by commas.',
  parse: words('--ignore'),
};

export function dialectFlags(flags: Readonly<Record<string, unknown>>): GivenDialect {
  return defined({
    delimiter: flags.delimiter as string | undefined,
    decimal: flags.decimal as string | undefined,
    encoding: flags.encoding as string | undefined,
    missingValues: flags.missingValues as string[] | undefined,
    quote: flags.quote as string | undefined,
  });
}
