// Turns what Python saved of a DummyClassifier into its value.
import type { DummyClassifier } from '../../estimators/dummy/dummy-classifier.js';
import type { AnyLabels } from '../../estimators/fitted.js';
import { greatest } from '../../estimators/greatest.js';
import { labelPlaces } from '../../estimators/label-places.js';
import type { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import { Value } from '../value.js';

export function readDummyClassifier(attributes: Attributes): DummyClassifier {
  if (attributes.maybe('sparse_output_')?.flag()) attributes.get('sparse_output_').unknown('False');
  // 'stratified' and 'uniform' draw lots for each answer
  const strategy = attributes
    .get(attributes.has('_strategy') ? '_strategy' : 'strategy')
    .choice('most_frequent', 'prior', 'constant');
  const targets = attributes.get('n_outputs_').integer(1);
  const [classes, priors] = [each(attributes.get('classes_'), targets), each(attributes.get('class_prior_'), targets)];
  const constants = strategy === 'constant' ? constantsOf(attributes.get('constant'), targets) : null;
  return {
    ...attributes.fitted('DummyClassifier'),
    several: targets > 1,
    outputs: classes.map((value, k) => {
      const labels = value.labels();
      const count = labels.values.length;
      const prior = priors[k]!.vector(count);
      const constant = constants?.[k];
      const likeliest = greatest(prior, 0, count);
      const place = constant === undefined ? likeliest : labelPlaces(constant, labels)[0]!;
      if (!(place >= 0 && place < count)) value.fail('the constant among the classes');
      const certain = Float64Array.from(prior, (_, at) => Number(at === place));
      return {
        answer: constant ?? only(labels, place),
        probabilities: strategy === 'prior' ? prior : certain,
      };
    }),
  };
}

/** A target has its array directly, several have a list of arrays. */
function each(value: Value, targets: number): Value[] {
  if (targets === 1) return [value];
  const items = value.items();
  return items.length === targets ? items : value.fail(`one for each of ${targets} targets`);
}

/** One label a target. It is answered as it was given, whatever the type of the classes is. */
function constantsOf(value: Value, targets: number): AnyLabels[] {
  const labels = listed(value).labels();
  if (labels.values.length !== targets) return value.fail(`a label for each of ${targets} targets`);
  return Array.from({ length: targets }, (_, k) => only(labels, k));
}

/** One label alone is a list of one. */
function listed(value: Value): Value {
  const { saved, where } = value;
  if (isSaved(saved, 'array')) return saved.shape.length === 0 ? new Value({ ...saved, shape: [1] }, where) : value;
  return isSaved(saved, 'list') || isSaved(saved, 'tuple') ? value : new Value({ type: 'list', items: [saved] }, where);
}

const only = ({ type, values }: AnyLabels, place: number): AnyLabels =>
  ({ type, values: [values[place]!] }) as AnyLabels;
