// Turns what a request says about its rows into one value: where they are, their format, and how strictly they are checked.
import { extname } from 'node:path';
import type { Dialect } from '../data/csv/dialect.js';
import { MlctlError } from '../errors/error.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import { printable } from '../text/printable.js';
import { FORMATS, type Format, type InputFormat } from './formats.js';
import { type GivenDialect, readDialect } from './read-dialect.js';

export interface RowsRequest extends GivenDialect {
  /** A path, or `-` for stdin. */
  readonly input: string;
  /** If left out: by the name of the file; stdin is CSV. */
  readonly inputFormat?: InputFormat;
  readonly mode?: EnforcementMode;
  /** Columns that are carried to the output as they are. */
  readonly keep?: readonly string[];
  /** Columns that may be there and are not looked at. */
  readonly ignore?: readonly string[];
}

export interface GivenRows {
  readonly input: string;
  readonly format: Format;
  readonly dialect: Dialect;
  readonly mode: EnforcementMode;
  readonly keep: readonly string[];
  readonly ignore: readonly string[];
}

/** `flag`: the flag that names the format when the file name does not. Throws USAGE. */
export function givenRows(request: RowsRequest, flag: string | null = null): GivenRows {
  const format = formatOf(request, flag);
  return {
    input: request.input,
    format,
    dialect: readDialect(request, format),
    mode: request.mode ?? 'strict',
    keep: request.keep ?? [],
    ignore: request.ignore ?? [],
  };
}

/** By the name of a file; null if the name does not say. */
export function formatNamed(path: string): Format | null {
  const extension = extname(path).toLowerCase();
  return FORMATS.find(({ extensions }) => (extensions as readonly string[]).includes(extension)) ?? null;
}

/** The name of what is inside a file that is compressed with gzip. */
export const withoutGz = (path: string): string => path.replace(/\.gz$/i, '');

function formatOf({ input, inputFormat }: RowsRequest, flag: string | null): Format {
  const stated = inputFormat ?? (input === '-' ? 'csv' : undefined);
  const format = stated === undefined ? formatNamed(withoutGz(input)) : FORMATS.find(({ name }) => name === stated);
  if (format) return format;
  const names = FORMATS.map(({ name }) => name).join(', ');
  if (stated !== undefined)
    throw new MlctlError('USAGE', `"${printable(stated, 60)}" is not a format of rows; expected one of ${names}`);
  throw new MlctlError(
    'USAGE',
    `cannot tell the format of "${printable(input)}" from its name; mlctl reads ${FORMATS.flatMap(({ extensions }) => extensions).join(', ')}`,
    { hint: flag === null ? 'rename the file to what it holds' : `name it with ${flag}, one of ${names}` },
  );
}
