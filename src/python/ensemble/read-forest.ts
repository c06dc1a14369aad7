// Turns what Python saved of a forest into its value.
import type { ForestClassifier, ForestRegressor } from '../../estimators/ensemble/forest.js';
import type { RandomTreesEmbedding } from '../../estimators/ensemble/random-trees-embedding.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import { allowsNan } from '../tree/allows-nan.js';
import { readTreeClasses } from '../tree/read-tree-classes.js';
import { readTrees, treeAttributes } from './read-trees.js';

/** As its first tree, since forests know missing values. */
const forestAllowsNan = (forest: Attributes): boolean =>
  !forest.isBefore(1, 4) && allowsNan(treeAttributes(forest.get('estimators_').items()[0]!));

export function readForestClassifier<Kind extends string>(kind: Kind, attributes: Attributes): ForestClassifier<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const { classes, targets } = readTreeClasses(attributes);
  return {
    ...attributes.fitted(kind, width),
    ...classes,
    estimators_: readTrees(attributes.get('estimators_'), width, targets),
    allow_nan: forestAllowsNan(attributes),
  };
}

export function readForestRegressor<Kind extends string>(kind: Kind, attributes: Attributes): ForestRegressor<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const numbers = attributes.maybe('n_outputs_')?.integer(1) ?? 1;
  return {
    ...attributes.fitted(kind, width),
    estimators_: readTrees(attributes.get('estimators_'), width, { numbers }),
    allow_nan: forestAllowsNan(attributes),
  };
}

export function readRandomTreesEmbedding(attributes: Attributes, read: ReadPart): RandomTreesEmbedding {
  return {
    ...readForestRegressor('RandomTreesEmbedding', attributes),
    one_hot_encoder_: read(attributes.get('one_hot_encoder_')),
  };
}
