// Turns the name of an output, and the format that was asked for, into the format that predictions are written in.
import { extname } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { FORMATS, type Format, type OutputFormat } from './formats.js';
import { formatNamed } from './given-rows.js';
import { isNameOfOthers } from './names-of-others.js';

type WrittenFormat = Format & { readonly writes: NonNullable<Format['writes']> };

const isWritten = (format: Format): format is WrittenFormat => format.writes !== null;

/** As stated; else by the name of the output; else the format of the input if it is text, or CSV. Throws USAGE. */
export function outputFormat(output: string, stated: OutputFormat | undefined, input: Format): WrittenFormat {
  const written = (FORMATS as readonly Format[]).filter(isWritten);
  const names = written.map(({ name }) => name).join(', ');
  if (stated !== undefined) {
    const format = written.find(({ name }) => name === stated);
    if (format) return format;
    throw new MlctlError(
      'USAGE',
      `"${printable(stated, 60)}" is not a format of predictions; expected one of ${names}`,
    );
  }
  const named = formatNamed(output);
  if (named !== null && isWritten(named)) return named;
  if (named === null && !isNameOfOthers(output))
    return isWritten(input) && input.magic === null ? input : (written[0] as WrittenFormat);
  throw new MlctlError(
    'USAGE',
    `cannot write predictions as ${extname(output).toLowerCase()}; mlctl writes ${written.flatMap(({ extensions }) => extensions).join(', ')}`,
    { hint: `give the output another name, or say with --output-format what to write under this one: ${names}` },
  );
}
