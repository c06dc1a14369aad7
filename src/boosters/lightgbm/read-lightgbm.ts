// Turns the text of a LightGBM model (versions 2 to 4) into a checked model.

import { buildForest } from '../forest/build-forest.js';
import { concatenated } from '../forest/concatenated.js';
import { checkOutputs, type Refuse } from '../refuse.js';
import { linkOf } from './link-of.js';
import type { LeafModels, LightgbmModel } from './model.js';
import { type Lines, readLines } from './read-lines.js';
import { type ReadTree, readTree } from './read-tree.js';

const VERSIONS = new Set(['v2', 'v3', 'v4']);

/** `text`: the file, or what a scikit-learn wrapper keeps in its `_handle`, as UTF-8. */
export function readLightgbm(text: Uint8Array, refuse: Refuse): LightgbmModel {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const { header, trees, pandasCategorical } = readLines(bytes.toString('latin1'), refuse);
  const version = header.get('version') ?? 'missing';
  if (!VERSIONS.has(version))
    throw refuse.unsupported(
      `its version is ${JSON.stringify(version.slice(0, 20))}, and mlctl reads ${[...VERSIONS].join(', ')}`,
      'log the model again with LightGBM 4',
    );
  const classes = countOf(header, 'num_class', refuse);
  const outputs = header.has('num_tree_per_iteration') ? countOf(header, 'num_tree_per_iteration', refuse) : classes;
  const features = countOf(header, 'max_feature_idx', refuse) + 1;
  if (outputs === 0 || trees.length % outputs !== 0)
    throw refuse.malformed(`the text has ${trees.length} trees, which are not iterations of ${outputs}`);
  checkOutputs(outputs, trees.length, refuse);
  const names = Buffer.from(header.get('feature_names') ?? '', 'latin1')
    .toString('utf8')
    .split(' ');
  if (names.length !== features)
    throw refuse.malformed(`feature_names has ${names.length} names, expected ${features}`);
  const read = trees.map((lines, i) => readTree(lines, `tree ${i}`, features, refuse));
  const objective = header.get('objective') ?? null;
  return {
    version,
    objective,
    link: linkOf(objective === 'custom' ? null : objective, outputs, refuse),
    // Any value above -1 is cut to a whole number, as C does.
    forest: buildForest(
      read.map(({ raw }) => raw),
      { features, aboveCategory: -1 },
      refuse,
    ),
    leafValues: concatenated(read.map(({ leafValues }) => leafValues)),
    leafModels: read.some(({ linear }) => linear !== null) ? leafModelsOf(read) : null,
    outputs,
    iterations: trees.length / outputs,
    average: header.has('average_output'),
    featureNames: names,
    pandasCategories: readCategories(pandasCategorical, refuse),
  };
}

function countOf(header: Lines, key: string, refuse: Refuse): number {
  const text = header.get(key);
  if (text === undefined || !/^\d{1,9}$/.test(text))
    throw refuse.malformed(
      `${key} is ${text === undefined ? 'missing' : JSON.stringify(text.slice(0, 40))}, expected a count`,
    );
  return Number(text);
}

function leafModelsOf(trees: readonly ReadTree[]): LeafModels {
  const counts = trees.flatMap(({ linear, raw }) => Array.from(linear?.counts ?? new Int32Array(raw.leaves)));
  const starts = new Int32Array(counts.length + 1);
  for (const [leaf, count] of counts.entries()) starts[leaf + 1] = starts[leaf]! + count;
  return {
    constants: concatenated(
      trees.map(({ linear, raw }) => linear?.constants ?? new Float64Array(raw.leaves).fill(Number.NaN)),
    ),
    starts,
    features: Int32Array.from(trees.flatMap(({ linear }) => Array.from(linear?.features ?? []))),
    coefficients: concatenated(trees.map(({ linear }) => linear?.coefficients ?? new Float64Array(0))),
  };
}

function readCategories(line: string | null, refuse: Refuse): (readonly unknown[])[] {
  if (line === null || line === 'null') return [];
  try {
    const found: unknown = JSON.parse(Buffer.from(line, 'latin1').toString('utf8'));
    if (Array.isArray(found) && found.every(Array.isArray)) return found;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw refuse.malformed('pandas_categorical is not a list of lists');
}
