// Puts the columns of a table where a CatBoost model has them: by name if it can, as CatBoost does, else by position.
import { type Feature, quoted } from '../feature-table.js';
import { refuseRows } from '../refuse.js';
import type { CatboostModel } from './model.js';

type Names = Pick<CatboostModel, 'floats' | 'categoryFlats' | 'featureNames'>;

/** The features by the model's own columns; those that the model does not use may be missing. */
export function placeFeatures(model: Names, features: readonly Feature[]): readonly Feature[] {
  const used = [...model.floats.map(({ flat }) => flat), ...model.categoryFlats];
  const byName = placesByName(model, used, features);
  if (byName !== null) return byName;
  for (const flat of used) {
    const feature = features[flat];
    const expected = model.featureNames[flat] ?? null;
    if (feature === undefined)
      throw refuseRows(`column ${flat} (${quoted(expected ?? '')}) is missing, there are ${features.length}`);
    if (feature.name !== null && feature.name !== '' && expected !== null && feature.name !== expected)
      throw refuseRows(`column ${flat} is ${quoted(feature.name)}, expected ${quoted(expected)}`);
  }
  return features;
}

/** Null if a name is missing, or stands twice. */
function placesByName(
  { featureNames, categoryFlats }: Names,
  used: readonly number[],
  features: readonly Feature[],
): Feature[] | null {
  const columns = new Map(features.map(({ name }, column) => [name, column]));
  const names = used.map((flat) => featureNames[flat] ?? null);
  if (columns.size !== features.length || new Set(names).size !== used.length) return null;
  if (names.some((name) => name === null || !columns.has(name))) return null;
  // Python says by position which columns hold categories.
  const categories = new Set(categoryFlats);
  const placed: Feature[] = [];
  for (const flat of used) {
    const column = columns.get(featureNames[flat] ?? null)!;
    if (categories.has(column) !== categories.has(flat))
      throw refuseRows(
        `the categories are in other columns: ${quoted(featureNames[flat]!)} is column ${column}, not ${flat}`,
      );
    placed[flat] = features[column]!;
  }
  return placed;
}
