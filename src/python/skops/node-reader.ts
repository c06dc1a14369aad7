// Turns the nodes of schema.json into values, one after the other, within the limits, and refuses names that are not on the list.
import { monotonicMs } from '../../world.js';
import { isSaved } from '../is-saved.js';
import type { ReadLimits } from '../limits.js';
import { hostile, malformed, unknownName, unsupported } from '../refuse.js';
import type { Saved, SavedArray } from '../saved.js';
import type { ZipArchive } from '../zip/open-zip.js';
import { fieldOf } from './field-of.js';
import type { Reading } from './loader.js';
import { LOADERS } from './loaders.js';
import { isJsonObject, type Json, type JsonObject } from './parse-schema.js';
import { type Place, placeText } from './place.js';
import { schemaNode } from './schema-node.js';

/** The object of this id is being read. */
const OPEN = Symbol('open');
/** The clock is asked once in so many values. */
const CLOCK_EVERY = 4096;

export class NodeReader implements Reading {
  private readonly memo = new Map<number, Saved | typeof OPEN>();
  private readonly files = new Map<string, Map<unknown, Saved>>();
  private readonly deadline: number;
  private depth = 0;
  private values = 0;
  private nextClock = CLOCK_EVERY;

  constructor(
    readonly protocol: number,
    private readonly archive: ZipArchive,
    private readonly archives: ReadonlyMap<string, ZipArchive>,
    private readonly isKnown: (module: string, name: string) => boolean,
    private readonly limits: ReadLimits,
  ) {
    this.deadline = monotonicMs() + limits.milliseconds;
  }

  read(value: Json | undefined, place: Place): Saved {
    this.count(1, place);
    if (!isJsonObject(value)) throw malformed(placeText(place), 'a value that is not a node', 'an object of JSON');
    const id = idOf(value, place);
    const seen = id === null ? undefined : this.memo.get(id);
    if (seen === OPEN) throw malformed(placeText(place), 'an object that holds itself', 'objects that do not');
    if (seen !== undefined) return seen;
    if (this.depth >= this.limits.depth)
      throw hostile(placeText(place), 'objects inside objects', `at most ${this.limits.depth} levels`);
    if (id !== null) this.memo.set(id, OPEN);
    this.depth += 1;
    const saved = this.load(value, place);
    this.depth -= 1;
    if (id !== null) this.memo.set(id, saved);
    return saved;
  }

  count(values: number, place: Place): void {
    this.values += values;
    if (this.values > this.limits.values)
      throw hostile(placeText(place), `more than ${this.limits.values} values`, 'fewer');
    if (this.values < this.nextClock) return;
    this.nextClock = this.values + CLOCK_EVERY;
    if (monotonicMs() > this.deadline)
      throw hostile(placeText(place), `more to read than fits into ${this.limits.milliseconds} ms`, 'less');
  }

  checkName(module: string, name: string, place: Place, own: readonly string[] = []): void {
    if (!own.includes(`${module}.${name}`) && !this.isKnown(module, name))
      throw unknownName(placeText(place), module, name);
  }

  decoded(file: string, place: Place, decode: (bytes: Uint8Array, where: string) => Saved): Saved {
    const byDecoder = this.files.get(file) ?? new Map<unknown, Saved>();
    const done = byDecoder.get(decode);
    if (done !== undefined) return done;
    const bytes = this.archive.read(file);
    if (bytes === undefined) throw noFile(file, place);
    const made = decode(bytes, placeText(place));
    if (isSaved(made, 'array')) this.count(objectsIn(made), place);
    byDecoder.set(decode, made);
    this.files.set(file, byDecoder);
    return made;
  }

  inner(file: string, place: Place): ZipArchive {
    const archive = this.archives.get(file);
    if (archive === undefined) throw noFile(file, place);
    return archive;
  }

  private load(fields: JsonObject, place: Place): Saved {
    const node = schemaNode(fields, place);
    const loader = LOADERS.get(node.loader);
    if (loader === undefined)
      throw unsupported(placeText(place), `a node of the loader ${node.loader}`, 'a loader of skops');
    return loader(node, place, this);
  }
}

/** Numbers are in one typed array, but each text or bytes is a value of its own. */
function objectsIn({ values, fields }: SavedArray): number {
  const inFields = [...(fields?.values() ?? [])].reduce((sum, field) => sum + objectsIn(field), 0);
  return inFields + (Array.isArray(values) ? values.length : 0);
}

function noFile(file: string, place: Place): Error {
  return malformed(placeText(place), `the file ${file}, which is not in the archive`, 'a file of the archive');
}

/** Python's own id of the object; null if the node has none. */
function idOf(fields: JsonObject, place: Place): number | null {
  const id = fieldOf(fields, '__id__');
  if (id === undefined || id === null) return null;
  if (typeof id !== 'number') throw malformed(placeText(place), 'an id of another kind', 'an int');
  return id;
}
