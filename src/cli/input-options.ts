// The flags of commands that read rows, and where the rows come from when no flag says it.
import { MlctlError } from '../errors/error.js';
import type { OptionFacts } from './command.js';
import { oneOf, pairs } from './values.js';

export const INPUT_FORMATS = ['csv', 'json', 'ndjson', 'parquet'] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

export const INPUT_OPTIONS: readonly OptionFacts[] = [
  { flags: '-i, --input <file>', meaning: 'The rows; - or left out in a pipe: stdin.', aliases: '--input-path <file>' },
  {
    flags: '--input-format <format>',
    meaning: 'Left out: by the name of the file.',
    choices: INPUT_FORMATS,
    aliases: '-t <format>, --content-type <format>',
    parse: oneOf('--input-format', INPUT_FORMATS),
  },
  {
    flags: '--param <key=value>',
    meaning: 'Param of the model; any number of times.',
    parse: pairs('--param', (text) => text),
  },
];

export function inputOf(flag: unknown, example: string): string {
  if (typeof flag === 'string') return flag;
  // Waiting for somebody to type rows would look like hanging.
  if (process.stdin.isTTY) throw new MlctlError('USAGE', 'no rows: neither --input nor a pipe', { hint: example });
  return '-';
}
