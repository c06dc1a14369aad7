// Turns what Python saved of a bagging into its value.
import type { BaggingClassifier, BaggingRegressor } from '../../estimators/ensemble/bagging.js';
import type { AnyLabels } from '../../estimators/fitted.js';
import type { Attributes } from '../attributes.js';
import { classesOf } from '../classes-of.js';
import type { ReadPart } from '../reader.js';
import type { Value } from '../value.js';

export function readBaggingClassifier(attributes: Attributes, read: ReadPart): BaggingClassifier {
  const classes = attributes.get('classes_').labels();
  const members = readMembers(attributes, read).map(({ value, ...member }) => ({
    ...member,
    places: placesOf(value, classes),
  }));
  return {
    ...attributes.fitted('BaggingClassifier'),
    classes_: classes,
    groups: inGroups(members, jobsOf(attributes)),
  };
}

export function readBaggingRegressor(attributes: Attributes, read: ReadPart): BaggingRegressor {
  const members = readMembers(attributes, read).map(({ part, features }) => ({ part, features }));
  return { ...attributes.fitted('BaggingRegressor'), groups: inGroups(members, jobsOf(attributes)) };
}

function readMembers(attributes: Attributes, read: ReadPart) {
  const width = attributes.get('n_features_in_').integer(1);
  const estimators = attributes.get('estimators_').items();
  const features = attributes.get('estimators_features_').items();
  if (estimators.length === 0 || features.length !== estimators.length)
    attributes.get('estimators_').fail('as many estimators as lists of their columns');
  return estimators.map((value, e) => {
    const places = Array.from(features[e]!.places(width));
    const all = places.length === width && places.every((place, j) => place === j);
    return { value, part: read(value), features: all ? null : places };
  });
}

/** The members were fitted on the places of the classes; one may have seen only some of them. */
function placesOf(value: Value, classes: AnyLabels): Int32Array | null {
  const count = classes.values.length;
  const known = classesOf(value);
  if (known === null || known.values.length === count) return null;
  const places = Array.from(known.values, Number);
  if (places.some((place) => !(Number.isInteger(place) && place >= 0 && place < count)))
    value.fail(`an estimator whose classes are numbers below ${count}`);
  return Int32Array.from(places);
}

/** A number of jobs that depends on the machine (−1) is taken as one. */
const jobsOf = (attributes: Attributes): number => Math.max(1, attributes.maybe('n_jobs')?.integer() ?? 1);

/** The first groups have one member more, where the members cannot be shared evenly. */
function inGroups<M>(members: readonly M[], jobs: number): M[][] {
  const count = Math.min(jobs, members.length);
  const each = Math.floor(members.length / count);
  const more = members.length % count;
  return Array.from({ length: count }, (_, g) => {
    const from = g * each + Math.min(g, more);
    return members.slice(from, from + each + (g < more ? 1 : 0));
  });
}
