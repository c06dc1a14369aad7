// Turns a recipe's data source into a table, with what a run records of it: where it is, its digest, its shape.
import { basename, resolve } from 'node:path';
import { localFolderOf, openArtifacts } from '../artifacts/open.js';
import { transferProgress } from '../artifacts/transfer-progress.js';
import { BUILT_IN } from '../data/built-in.js';
import type { TrainingTable } from '../data/training-table.js';
import { formatCsv } from '../data/write/csv.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { partsOf } from '../parts.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { onRemotes, type World } from '../world.js';
import { FORMATS, type Format } from './formats.js';
import { formatNamed, withoutGz } from './given-rows.js';
import { isNameOfOthers } from './names-of-others.js';
import { type GivenDialect, readDialect } from './read-dialect.js';
import { readGivenFile } from './read-given-file.js';
import { unpacked } from './row-bytes.js';

export interface TrainingData {
  readonly table: TrainingTable;
  /** `iris`, the absolute path, or the address without its secrets. */
  readonly source: string;
  /** MLflow's word for what kind of place it is. */
  readonly sourceType: 'code' | 'local' | 's3' | 'http';
  /** `sha256:<hex>` of the bytes that were read, and how many there are. */
  readonly digest: string;
  readonly bytes: number;
  readonly name: string;
}

/** All training data is held in memory. */
const MOST_BYTES = 2 ** 31 - 1;

/** The schemes that name a place other than a file of this machine. */
const isAddress = (source: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(source);

/** Data that mlctl brings with it. */
export const isBuiltIn = (source: string): boolean => BUILT_IN.has(source);

/** True for a built-in data set and for an address: what is not relative to a folder. */
export const isNotAPath = (source: string): boolean => BUILT_IN.has(source) || isAddress(source);

/** What a recipe says of its data. */
type DataSpec = {
  readonly source: string;
  readonly drop?: readonly string[];
  readonly missing_values?: readonly string[] | undefined;
} & {
  readonly [Key in Exclude<keyof GivenDialect, 'missingValues'>]?: GivenDialect[Key] | undefined;
};

/**
 * Columns to `drop` are not read. `source` is `iris`, a path relative to `folder`, or an `s3://`, `https://` or `file://` address.
 * Throws FILE_NOT_FOUND, DATA_INVALID, or the refusal of S3 or of the server.
 */
export async function readTrainingData(world: World, data: DataSpec, folder: string): Promise<TrainingData> {
  const { source, drop = [] } = data;
  const builtIn = BUILT_IN.get(source);
  if (builtIn) {
    readDialect(givenIn(data), BUILT_IN_FORMAT);
    const table = builtIn();
    const text = formatCsv(table);
    return {
      table,
      source,
      digest: `sha256:${sha256(text)}`,
      bytes: Buffer.byteLength(text),
      name: source,
      sourceType: 'code',
    };
  }
  const { place, remote, web, bytes } = await readSource(world, source, folder);
  const name = nameOf(place, web);
  return {
    table: await tableOf(world, await unpackedBytes(bytes, name), name, drop, givenIn(data)),
    source: place,
    digest: `sha256:${sha256(bytes)}`,
    bytes: bytes.byteLength,
    name,
    sourceType: web ? 'http' : remote ? 's3' : 'local',
  };
}

/** The digest of the data as it is now, whatever it holds. Throws what `readTrainingData` throws where it cannot be read. */
export async function digestOfTrainingData(world: World, source: string, folder: string): Promise<string> {
  const builtIn = BUILT_IN.get(source);
  return `sha256:${sha256(builtIn ? formatCsv(builtIn()) : (await readSource(world, source, folder)).bytes)}`;
}

async function readSource(
  world: World,
  source: string,
  folder: string,
): Promise<{ place: string; remote: boolean; web: boolean; bytes: Uint8Array }> {
  const remote = isAddress(source) && !/^file:/i.test(source);
  const place = remote ? redactUri(source) : (localFolderOf(source, folder) ?? resolve(folder, source));
  const bytes = remote ? await onRemotes(world, () => fetched(world, source)) : await readLocal(place, world.signal);
  return { place, remote, web: /^https?:/i.test(source), bytes };
}

const givenIn = ({ missing_values, delimiter, decimal, encoding, quote }: DataSpec): GivenDialect =>
  Object.fromEntries(
    Object.entries({ delimiter, decimal, encoding, quote, missingValues: missing_values }).filter(
      ([, value]) => value !== undefined,
    ),
  );

/** The built-in data has no dialect. */
const BUILT_IN_FORMAT = { delimiter: null, title: 'the built-in data' };

/** Of the file, without what a query asks for. */
const nameOf = (place: string, web: boolean): string =>
  (web ? basename(new URL(place).pathname) : basename(place)) || place;

/** Without gzip around it. The digest is that of the file as it is. */
async function unpackedBytes(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked(only(bytes), name)) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge(name);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const tooLarge = (shown: string): MlctlError =>
  new MlctlError('LIMIT_EXCEEDED', `the data source ${printable(shown, 200)} has more than ${MOST_BYTES} bytes`, {
    hint: 'train on a part of it',
  });

async function fetched(world: World, source: string): Promise<Uint8Array> {
  if (/^https?:/i.test(source)) {
    const { fetchWebFile } = await import('./fetch-web-file.js');
    return fetchWebFile(world, source, MOST_BYTES);
  }
  const shown = printable(redactUri(source), 200);
  const [, folder = '', name = ''] = /^(s3[an]?:\/\/[^/]+(?:\/.*)?)\/([^/]+)$/is.exec(source) ?? [];
  if (name === '')
    throw new MlctlError(
      'DATA_UNSUPPORTED',
      `the data source ${shown} is neither a file of this machine, an object in S3 nor a web address`,
      {
        hint: 'name a file, s3://bucket/key or https://host/file.csv in data.source or with --data',
      },
    );
  const store = await openArtifacts(folder, { world, trackingUri: null });
  const came = transferProgress('fetching data', null, world.progress);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await store.read(name)) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge(shown);
    chunks.push(chunk);
    came(chunk.byteLength);
  }
  return Buffer.concat(chunks);
}

async function readLocal(path: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readGivenFile(path, signal, MOST_BYTES);
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new MlctlError('FILE_NOT_FOUND', `there is no data file ${printable(path, 300)}`, {
        hint: 'correct data.source (it is relative to the recipe) or give --data FILE (relative to this folder)',
        cause,
      });
    }
    throw new MlctlError(
      'FILE_UNREADABLE',
      `the data file ${printable(path, 300)} cannot be read (${code === 'EISDIR' ? 'it is a folder' : (code ?? 'unknown cause')})`,
      { hint: 'name a CSV file that you may read', cause },
    );
  }
}

/** The content decides if it can, else the name; CSV if neither says. */
async function tableOf(
  world: World,
  bytes: Uint8Array,
  name: string,
  drop: readonly string[],
  given: GivenDialect,
): Promise<TrainingTable> {
  const formats: readonly Format[] = FORMATS;
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1');
  const format =
    formats.find(({ magic }) => magic !== null && start.startsWith(magic)) ??
    formatNamed(withoutGz(name)) ??
    (isNameOfOthers(withoutGz(name)) ? null : (formats[0] as Format));
  if (format?.train) {
    return format.train(bytes, { name, drop, dialect: readDialect(given, format), onPart: partsOf(world, 'reading') });
  }
  const trained = formats.filter(({ train }) => train !== null);
  throw new MlctlError(
    'DATA_UNSUPPORTED',
    `${printable(name, 200)} is not a table to train on; mlctl trains on ${trained.map(({ title }) => title).join(', ')}`,
    { hint: `write it as ${trained.flatMap(({ extensions }) => extensions).join(', ')}` },
  );
}
