// Turns an input of any format into batches of rows, cast by a signature, for every command that reads rows.
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { Beside } from '../schema/beside.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import { adviseCsv } from './advise-csv.js';
import { type RowBatches, type RowSource, wholeBatches } from './batches/whole-batches.js';
import { besideOf } from './beside-of.js';
import { FORMATS, type Format } from './formats.js';
import type { GivenRows } from './given-rows.js';
import { inputName } from './open-input.js';
import { wholeRows } from './row-bytes.js';
import type { InputStream } from './streams.js';

/** Nothing is read before the first batch is asked for. `leftOut`: columns that the model was trained without. */
export async function openRows(
  world: World,
  given: GivenRows,
  signature: Signature,
  stdin: InputStream,
  leftOut: readonly string[] = [],
): Promise<RowBatches> {
  const { format, mode } = given;
  const beside = besideOf(given, signature, leftOut);
  if (signature.inputs === null && format.name !== 'json') {
    throw new MlctlError(
      'SIGNATURE_MISSING',
      `the model has no input signature, so the types of ${format.title} are not known`,
      {
        hint: 'send one JSON document, whose values have types, or log the model with a signature',
      },
    );
  }
  let share: number | undefined;
  const onShare = (news: number): void => {
    share = news;
  };
  const source = { ...sourceOf(world, given, stdin, beside), onShare };
  const told = (batches: RowBatches): RowBatches => ({ ...withNotes(batches, beside), share: () => share });
  const road = format.roads[mode];
  if (road.streams) return told(await road.open(source, signature));
  let bytes: Uint8Array = Buffer.alloc(0);
  const batches = wholeBatches(
    async () => {
      bytes = await whole(source, given);
      return road.cast(bytes, signature, source);
    },
    () => (format.delimiter === null ? null : adviseCsv(bytes, given.dialect)),
  );
  return told(batches);
}

/** Says at the end which columns were there that the model was trained without. */
function withNotes(batches: RowBatches, beside: Beside): RowBatches {
  const notes = (): readonly string[] => {
    const names = beside.unasked.map((name) => `'${printable(name, 60)}'`);
    if (names.length === 0) return [];
    return [
      `the model was trained without ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' and others' : ''}: ignored`,
    ];
  };
  return { ...batches, notes };
}

export const sourceOf = (
  world: World,
  { input, dialect }: GivenRows,
  stdin: InputStream,
  beside = new Beside(),
): RowSource => ({
  path: input === '-' ? '-' : resolve(world.cwd, input),
  stdin,
  signal: world.signal,
  dialect,
  beside,
});

async function whole(source: RowSource, { format }: GivenRows): Promise<Buffer> {
  const bytes = await wholeRows(source, format.mostBytes);
  if (bytes !== null) return bytes;
  const streamed = (FORMATS as readonly Format[]).filter(({ roads }) => roads.strict.streams);
  throw new MlctlError(
    'DATA_INVALID',
    `${inputName(source.path)} is larger than ${format.mostBytes} bytes (${format.mostBytes >> 20} MiB), and it is read as a whole`,
    {
      hint: streamed.includes(format)
        ? 'use --schema strict, which streams, or send the rows in parts'
        : `send the rows as one of ${streamed.map(({ title }) => title).join(', ')}, which are streamed`,
    },
  );
}
