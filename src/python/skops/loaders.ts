// Every loader that skops 0.11 to 0.16 has, by the word that `__loader__` says.
import type { Loader } from './loader.js';
import { ARRAYS } from './loaders/arrays.js';
import { CONTAINERS } from './loaders/containers.js';
import { loadJson } from './loaders/json-text.js';
import { loadBytes } from './loaders/load-bytes.js';
import { loadSparse } from './loaders/load-sparse.js';
import { NAMES } from './loaders/names.js';
import { OBJECTS } from './loaders/objects.js';

/** CachedNode is not here: a node with an id that was read before never gets to its loader. */
export const LOADERS: ReadonlyMap<string, Loader> = new Map(
  Object.entries({
    JsonNode: loadJson,
    BytesNode: loadBytes,
    BytearrayNode: loadBytes,
    SparseMatrixNode: loadSparse,
    ...CONTAINERS,
    ...NAMES,
    ...OBJECTS,
    ...ARRAYS,
  }),
);
