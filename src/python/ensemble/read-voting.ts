// Turns what Python saved of a voting into its value.
import type { VotingClassifier, VotingRegressor } from '../../estimators/ensemble/voting.js';
import type { Attributes } from '../attributes.js';
import { readParts } from '../read-parts.js';
import type { ReadPart } from '../reader.js';

export function readVotingClassifier(attributes: Attributes, read: ReadPart): VotingClassifier {
  const { estimators_, weights, ...fitted } = readVoting('VotingClassifier', attributes, read);
  return {
    ...fitted,
    estimators_,
    weights,
    classes_: attributes.get('classes_').labels(),
    voting: attributes.get('voting').choice('hard', 'soft'),
    flatten_transform: attributes.maybe('flatten_transform')?.flag() ?? true,
  };
}

export const readVotingRegressor = (attributes: Attributes, read: ReadPart): VotingRegressor =>
  readVoting('VotingRegressor', attributes, read);

function readVoting<Kind extends string>(kind: Kind, attributes: Attributes, read: ReadPart) {
  const estimators_ = readParts(attributes.get('estimators_'), read);
  const fitted = attributes.fitted(kind);
  return {
    ...fitted,
    // the number of columns is that of the first estimator
    featuresIn: 'names' in fitted.featuresIn ? fitted.featuresIn : estimators_[0]!.featuresIn,
    estimators_,
    weights: readWeights(attributes, estimators_.length),
  };
}

/** Weights of estimators that were dropped do not count. */
function readWeights(attributes: Attributes, count: number): Float64Array | null {
  const weights = attributes.maybe('weights')?.vector();
  if (!weights) return null;
  const given = attributes.get('estimators').items();
  if (given.length !== weights.length) attributes.get('weights').fail(`${given.length} numbers`);
  const kept = weights.filter((_, e) => given[e]!.items()[1]?.saved !== 'drop');
  return kept.length === count ? kept : attributes.get('weights').fail(`numbers for ${count} estimators`);
}
