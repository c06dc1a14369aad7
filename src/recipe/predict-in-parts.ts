// Turns a fitted estimator and a frame into its prediction, some rows at a time: no row's answer depends on another row.
import { type Frame, sliceFrame } from '../estimators/frame.js';
import { predictFrame } from '../estimators/trained/predict.js';
import type { Estimator } from '../estimators/types.js';
import type { Work } from '../work.js';

export type Answered = ReturnType<typeof predictFrame>;

/** Some milliseconds for the slowest estimators. */
const BLOCK = 8192;

export function* predictInParts(estimator: Estimator, frame: Frame): Work<Answered> {
  const answers: Answered[] = [];
  try {
    for (let from = 0; from < Math.max(1, frame.rows); from += BLOCK) {
      answers.push(predictFrame(estimator, sliceFrame(frame, from, from + BLOCK)));
      yield;
    }
  } catch {
    // The error that all rows together give tells of all of them, and has the number of the row among all.
    return predictFrame(estimator, frame);
  }
  return answers.length === 1 ? answers[0]! : join(answers);
}

function join(answers: readonly Answered[]): Answered {
  const first = answers[0]!;
  const all = <Role extends Answered['role']>(role: Role) =>
    answers.filter((answer): answer is Extract<Answered, { role: Role }> => answer.role === role);
  switch (first.role) {
    case 'regressor':
      return {
        ...first,
        values: joined(
          Float64Array,
          all('regressor').map(({ values }) => values as Float64Array),
        ),
      };
    case 'clusterer':
      return {
        ...first,
        clusters: joined(
          BigInt64Array,
          all('clusterer').map(({ clusters }) => clusters),
        ),
      };
    case 'classifier': {
      const chances = answers.flatMap(({ probabilities }) => (probabilities === null ? [] : [probabilities]));
      return {
        ...first,
        codes: joined(
          Int32Array,
          all('classifier').map(({ codes }) => codes),
        ),
        probabilities: first.probabilities && joined(Float64Array, chances),
      };
    }
    default:
      throw new TypeError(`no recipe trains an estimator whose answer is ${first.role}`);
  }
}

interface Values<T> {
  readonly length: number;
  set(values: T, at: number): void;
}

function joined<T extends Values<T>>(Maker: new (length: number) => T, parts: readonly T[]): T {
  const whole = new Maker(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
