// The flags of commands that read rows, and where the rows come from when no flag says it.
import { MlctlError } from '../../errors/error.js';
import { FORMATS, type Format, type InputFormat, type OutputFormat } from '../../rows/formats.js';
import type { OptionFacts } from '../command.js';
import { defined } from '../defined.js';
import { oneOf, pairs } from '../values.js';
import { DIALECT_OPTIONS, dialectFlags, IGNORE_OPTION } from './dialect-options.js';

const INPUT_FORMATS: readonly InputFormat[] = FORMATS.map(({ name }) => name);
/** The formats that predictions are written in, each with the form that it has. */
export const OUTPUT_FORMATS: ReadonlyMap<OutputFormat, NonNullable<Format['writes']>> = new Map(
  (FORMATS as readonly Format[]).flatMap(({ name, writes }) =>
    writes === null ? [] : [[name as OutputFormat, writes] as const],
  ),
);

export const INPUT_OPTIONS: readonly OptionFacts[] = [
  {
    flags: '-i, --input <file>',
    meaning: 'File of rows. Use - for stdin, or leave it out in a pipe.',
    aliases: '--input-path <file>',
  },
  {
    flags: '--input-format <format>',
    meaning: 'Format of the rows (default: by the file name).',
    choices: INPUT_FORMATS,
    aliases: '-t <format>, --content-type <format>',
    parse: oneOf('--input-format', INPUT_FORMATS),
  },
  ...DIALECT_OPTIONS,
  IGNORE_OPTION,
  {
    flags: '--param <key=value>',
    meaning: 'Param for the model; may be repeated.',
    parse: pairs('--param', (text) => text),
  },
];

/** What these flags say, but for the input itself. */
export function rowsOf(flags: Readonly<Record<string, unknown>>) {
  return {
    inputFormat: flags.inputFormat as InputFormat | undefined,
    ...dialectFlags(flags),
    ...defined({ ignore: flags.ignore as string[] | undefined }),
    params: flags.param as Map<string, string> | undefined,
  };
}

export function inputOf(flag: unknown, example: string): string {
  if (typeof flag === 'string') return flag;
  // Waiting for somebody to type rows would look like hanging.
  if (process.stdin.isTTY)
    throw new MlctlError('USAGE', 'no input: give --input FILE or pipe rows in', { hint: example });
  return '-';
}
