// Turns training data, a recipe and what was trained into the part of the lineage that is known only afterwards.
import { createHash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import { sha256 } from '../files/digest-folder.js';
import type { Learned } from '../lineage/begin-lineage.js';
import { seedsOf } from '../lineage/lineage-of-tags.js';
import type { DataLineage, SplitLineage } from '../lineage/types.js';
import type { Trained } from '../recipe/train-recipe.js';
import { loggedColumns } from '../rows/dataset-input.js';
import type { TrainingData } from '../rows/training-data.js';
import type { Split } from '../training/split.js';

/** The recipe as it was given; `digest` is null for the built-in recipe. */
export interface GivenRecipe {
  readonly file: string | null;
  readonly digest: string | null;
  /** What its paths are relative to. */
  readonly folder: string;
}

export const trainingLineage = (
  recipeYaml: string,
  given: GivenRecipe,
  data: TrainingData,
  trained: Trained,
): Learned => ({
  recipe: { digest: `sha256:${sha256(recipeYaml)}`, file: given.file, file_digest: given.digest },
  data: [dataLineage(data, given.folder)],
  split: splitLineage(trained.split),
  seeds: seedsOf(trained.params),
  given: null,
});

function dataLineage({ name, source, sourceType, digest, bytes, table }: TrainingData, folder: string): DataLineage {
  const path = sourceType === 'local' ? relative(folder, source) : '';
  return {
    role: 'training',
    name,
    source,
    kind: sourceType,
    digest,
    bytes,
    rows: table.rows,
    columns: loggedColumns(table.columns),
    path: path === '' || isAbsolute(path) ? null : path.split(sep).join('/'),
  };
}

/** Of the row numbers of both parts, each as a 32-bit little-endian integer. */
export function splitLineage({ train, test }: Split): SplitLineage {
  const hash = createHash('sha256');
  for (const rows of [train, test]) hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  return { digest: `sha256:${hash.digest('hex')}`, train: train.length, test: test.length };
}
