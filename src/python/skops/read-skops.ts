// Turns the bytes of a .skops file into what it holds, as plain data. Nothing in it is called, imported or built.
import { READ_LIMITS, type ReadLimits } from '../limits.js';
import { hostile, malformed, unsupported } from '../refuse.js';
import type { Saved } from '../saved.js';
import { inflateBudget, openZip, type ZipArchive } from '../zip/open-zip.js';
import { fieldOf } from './field-of.js';
import { NodeReader } from './node-reader.js';
import { isJsonObject, parseSchema } from './parse-schema.js';
import { ROOT_PLACE } from './place.js';

const WHERE = 'the skops file';
const SCHEMA = 'schema.json';
const NEWEST_PROTOCOL = 2;

/**
 * `isKnown` says of each class and function in the file, by its exact name, whether the caller reads it. The model's own list of
 * trusted types is not asked, because whoever made the file also made that list.
 */
export async function readSkops(
  bytes: Uint8Array,
  isKnown: (module: string, name: string) => boolean,
  limits: ReadLimits = READ_LIMITS,
): Promise<Saved> {
  if (bytes.length > limits.fileBytes) throw hostile(WHERE, `${bytes.length} bytes`, `at most ${limits.fileBytes}`);
  const budget = inflateBudget(bytes.length);
  const archive = await openZip(bytes, WHERE, budget);
  const schemaBytes = archive.read(SCHEMA);
  if (schemaBytes === undefined) throw malformed(WHERE, `an archive without ${SCHEMA}`, `${SCHEMA} in it`);
  const schema = parseSchema(schemaBytes);
  if (!isJsonObject(schema)) throw malformed(SCHEMA, 'a value that is not a node', 'an object of JSON');
  const protocol = fieldOf(schema, 'protocol');
  if (typeof protocol !== 'number' || !Number.isInteger(protocol) || protocol < 0)
    throw malformed(SCHEMA, 'a protocol that is not a number', `0 to ${NEWEST_PROTOCOL}`);
  if (protocol > NEWEST_PROTOCOL)
    throw unsupported(SCHEMA, `protocol ${protocol}`, `0 to ${NEWEST_PROTOCOL}`, 'update mlctl');
  const archives = new Map<string, ZipArchive>();
  for (const name of archive.names.filter((name) => name.endsWith('.npz'))) {
    const inner = archive.read(name);
    if (inner !== undefined) archives.set(name, await openZip(inner, `${WHERE}: ${name}`, budget));
  }
  return new NodeReader(protocol, archive, archives, isKnown, limits).read(schema, ROOT_PLACE);
}
