// The flags of commands that read rows, and where the rows come from when no flag says it.
import { MlctlError } from '../errors/error.js';
import { FORMATS, type Format, type InputFormat, type OutputFormat } from '../rows/formats.js';
import type { OptionFacts } from './command.js';
import { oneOf, pairs } from './values.js';

const INPUT_FORMATS: readonly InputFormat[] = FORMATS.map(({ name }) => name);
export const OUTPUT_FORMATS = (FORMATS as readonly Format[]).flatMap(({ name, writes }) =>
  writes === null ? [] : [name as OutputFormat],
);

export const INPUT_OPTIONS: readonly OptionFacts[] = [
  { flags: '-i, --input <file>', meaning: 'The rows; - or left out in a pipe: stdin.', aliases: '--input-path <file>' },
  {
    flags: '--input-format <format>',
    meaning: 'Left out: by the name of the file.',
    choices: INPUT_FORMATS,
    aliases: '-t <format>, --content-type <format>',
    parse: oneOf('--input-format', INPUT_FORMATS),
  },
  { flags: '--delimiter <char>', meaning: 'What separates the cells of CSV, if not a comma.' },
  {
    flags: '--param <key=value>',
    meaning: 'Param of the model; any number of times.',
    parse: pairs('--param', (text) => text),
  },
];

/** What these flags say, but for the input itself. */
export function rowsOf(flags: Readonly<Record<string, unknown>>) {
  return {
    inputFormat: flags.inputFormat as InputFormat | undefined,
    delimiter: flags.delimiter as string | undefined,
    params: flags.param as Map<string, string> | undefined,
  };
}

export function inputOf(flag: unknown, example: string): string {
  if (typeof flag === 'string') return flag;
  // Waiting for somebody to type rows would look like hanging.
  if (process.stdin.isTTY) throw new MlctlError('USAGE', 'no rows: neither --input nor a pipe', { hint: example });
  return '-';
}
