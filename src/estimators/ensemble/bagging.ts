// Turns features into an answer by many estimators of one class, each of which sees some of the columns (sklearn.ensemble.Bagging*).
import { MlctlError } from '../../errors/error.js';
import type { Parts, Row } from '../evaluator.js';
import { exp, log, log1p } from '../exponential.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import { type Frame, pick } from '../frame.js';
import { encodedClasses } from '../label-places.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import type { Scores } from '../prediction.js';
import { classVotes } from './class-votes.js';
import { predictNumbers } from './predict-numbers.js';

interface Member {
  readonly part: Part;
  /** `estimators_features_`: the columns that it sees; null if it sees all in their order. */
  readonly features: readonly number[] | null;
}

interface Bagging<Kind extends string, M extends Member> extends Fitted<Kind> {
  /** In the groups in which scikit-learn adds them: one a job. */
  readonly groups: readonly (readonly M[])[];
}

interface ClassMember extends Member {
  /** Where its classes are among those of the ensemble; null if it has all. */
  readonly places: Int32Array | null;
}

export interface BaggingClassifier extends Bagging<'BaggingClassifier', ClassMember> {
  readonly classes_: AnyLabels;
}

export type BaggingRegressor = Bagging<'BaggingRegressor', Member>;

const seenBy = ({ features }: Member, frame: Frame): Frame => (features ? pick(frame, features) : frame);

interface Sum {
  readonly values: Float64Array;
  readonly width: number | null;
}

/** The sum over the groups of the sums of their members, divided by the number of members. */
function meanOf<M extends Member>(groups: readonly (readonly M[])[], answer: (member: M) => Sum): Sum {
  const sums = groups.map((members) => members.map(answer).reduce(added));
  const { values, width } = sums.reduce(added);
  const count = groups.reduce((sum, members) => sum + members.length, 0);
  return { values: values.map((value) => value / count), width };
}

function added(a: Sum, b: Sum): Sum {
  if (a.values.length !== b.values.length)
    throw new MlctlError('MODEL_MALFORMED', 'the estimators of a bagging answer in different shapes');
  return { values: a.values.map((value, at) => value + b.values[at]!), width: a.width };
}

function chances(model: BaggingClassifier, frame: Frame, parts: Parts): Scores {
  const { classes_: classes, groups } = model;
  const width = classes.values.length;
  const { values } = meanOf(groups, (member) => {
    const seen = seenBy(member, frame);
    const made = new Float64Array(frame.rows * width);
    if (parts.has(member.part, 'predict_proba')) {
      spread(parts.predict_proba(member.part, seen).values, member.places, width, made);
    } else {
      // the members know the classes by their numbers
      classVotes(member.part, seen, encodedClasses(classes), parts).forEach((k, i) => {
        if (k < 0) throw new MlctlError('MODEL_MALFORMED', 'bagging_classifier: an estimator knows other classes');
        made[i * width + k] = 1;
      });
    }
    return { values: made, width };
  });
  return { values, width };
}

/** The values of a member's classes, at the places of the ensemble's. */
function spread(values: Float64Array, places: Int32Array | null, width: number, to: Float64Array): void {
  if (values.length * width !== to.length * (places?.length ?? width))
    throw new MlctlError('MODEL_MALFORMED', 'bagging_classifier: an estimator has another number of classes');
  if (places === null) {
    to.set(values);
    return;
  }
  for (let at = 0, from = 0; at < to.length; at += width, from += places.length)
    for (let k = 0; k < places.length; k++) to[at + places[k]!] = values[from + k]!;
}

function logChances(model: BaggingClassifier, frame: Frame, parts: Parts): Scores {
  const members = model.groups.flat();
  const width = model.classes_.values.length;
  if (!parts.has(members[0]!.part, 'predict_log_proba')) {
    const { values } = chances(model, frame, parts);
    return { values: values.map(log), width };
  }
  const nothing = () => new Float64Array(frame.rows * width).fill(Number.NEGATIVE_INFINITY);
  const sums = model.groups.map((group) =>
    group.reduce((sum, member) => {
      const made = nothing();
      spread(parts.predict_log_proba(member.part, seenBy(member, frame)).values, member.places, width, made);
      return sum.map((value, at) => logAdd(value, made[at]!));
    }, nothing()),
  );
  const all = sums.reduce((a, b) => a.map((value, at) => logAdd(value, b[at]!)));
  return { values: all.map((value) => value - log(members.length)), width };
}

/** ln (e^a + e^b), as numpy's logaddexp. */
function logAdd(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  if (a > b) return a + log1p(exp(b - a));
  return a < b ? b + log1p(exp(a - b)) : a - b;
}

export const BAGGING_CLASSIFIER: Row<BaggingClassifier> = {
  role: 'classifier',
  has: ({ groups }, method, parts) => method !== 'decision_function' || parts.has(groups[0]![0]!.part, method),
  predict: (model, frame, parts) => greatestClasses(model.classes_, chances(model, frame, parts).values),
  predict_proba: chances,
  predict_log_proba: logChances,
  decision_function: ({ groups }, frame, parts) =>
    meanOf(groups, (member) => parts.decision_function(member.part, seenBy(member, frame))),
};

export const BAGGING_REGRESSOR: Row<BaggingRegressor> = {
  role: 'regressor',
  predict: ({ groups }, frame, parts) => ({
    role: 'regressor',
    ...meanOf(groups, (member) => predictNumbers(member.part, seenBy(member, frame), parts)),
  }),
};
