// Turns what Python saved of a ColumnTransformer into its value, of any version's layout.
import type { ColumnTransformer } from '../../estimators/compose/column-transformer.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import type { Value } from '../value.js';
import { readColumns } from './read-columns.js';
import { readWeights } from './read-weights.js';

export function readColumnTransformer(attributes: Attributes, read: ReadPart): ColumnTransformer {
  const width = (attributes.maybe('n_features_in_') ?? attributes.get('_n_features')).integer(0);
  const names = (attributes.maybe('feature_names_in_') ?? attributes.maybe('_feature_names_in'))?.texts() ?? [];
  const weights = readWeights(attributes);
  const known = placesByName(attributes);
  return {
    ...attributes.fitted('ColumnTransformer', width),
    transformers_: attributes
      .get('transformers_')
      .items()
      .map((entry) => {
        const [name, transformer, columns] = entry.items();
        if (!name || !transformer || !columns) return entry.fail('a name, a transformer and its columns');
        const own = name.text();
        const places = known.get(own);
        const taken = places ? [...places.places(width)] : readColumns(columns, names, width);
        // what has no columns was never fitted
        const made = taken.length === 0 ? 'drop' : readTransformer(transformer, read);
        return { name: own, transformer: made, columns: taken, weight: weights.get(own) ?? 1 };
      }),
    // the names are only shown, and a rule for them may be a function
    verbose_feature_names_out: attributes.maybe('verbose_feature_names_out')?.saved !== false,
    sparse_output_: attributes.maybe('sparse_output_')?.flag() ?? false,
  };
}

/** 'drop', 'passthrough' or an estimator. */
export function readTransformer(
  value: Value,
  read: ReadPart,
): ColumnTransformer['transformers_'][number]['transformer'] {
  return value.isText ? value.choice('drop', 'passthrough') : read(value);
}

/** The columns of each transformer by position, which scikit-learn keeps since 1.0. */
function placesByName(attributes: Attributes): ReadonlyMap<string, Value> {
  const known = attributes.maybe('_transformer_to_input_indices');
  return new Map(known?.entries().map(([name, places]) => [name.text(), places]));
}
