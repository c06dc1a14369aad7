// Turns the files of two packages into those that are not the same. MLmodel also says which run it came from and when, so a
// difference of that alone is marked.
import { isDeepStrictEqual } from 'node:util';
import type { FileChangeDocument } from '../documents/diff.js';
import type { ModelPackage } from '../model/read-package.js';
import { printable } from '../text/printable.js';
import { compareValues } from './compare-values.js';

type Side = Pick<ModelPackage, 'digest' | 'model'>;

const ML_MODEL = 'MLmodel';
/** Keys of MLmodel that say which model it is, and not what it does. */
const IDENTITY = ['artifact_path', 'model_id', 'model_uuid', 'run_id', 'utc_time_created', 'model_size_bytes'];

export function compareFiles(a: Side, b: Side): FileChangeDocument[] {
  const digests = ({ digest }: Side) => new Map(digest.files.map(({ path, sha256 }) => [path, `sha256:${sha256}`]));
  return compareValues(digests(a), digests(b)).map(({ name, a: was, b: is }) => ({
    path: printable(name, 300),
    change: was === null ? 'added' : is === null ? 'removed' : 'changed',
    a: was,
    b: is,
    identity: name === ML_MODEL && was !== null && is !== null && isDeepStrictEqual(factsOf(a), factsOf(b)),
  }));
}

function factsOf({ model }: Side): Map<string, unknown> {
  const facts = new Map(model.raw);
  for (const key of IDENTITY) facts.delete(key);
  return facts;
}
