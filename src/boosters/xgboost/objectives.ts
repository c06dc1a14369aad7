// The objectives of XGBoost: how the base score becomes a margin, and margins become answers, in float32.

type Link = 'identity' | 'sigmoid' | 'exp' | 'step' | 'softmax' | 'best';

interface Objective {
  readonly link: Link;
  /** How the saved base score is brought before the link; left out: it is a margin already. */
  readonly margin?: (score: number) => number;
}

const { fround } = Math;
const SMALLEST = fround(1e-6);

function logit(score: number): number {
  const bounded = Math.min(Math.max(score, SMALLEST), fround(1 - SMALLEST));
  return -fround(Math.log(fround(fround(1 / bounded) - 1)));
}

const log = (score: number): number => fround(Math.log(score));

const IDENTITY: Objective = { link: 'identity' };
const EXPONENTIAL: Objective = { link: 'exp', margin: log };
const LOGISTIC: Objective = { link: 'sigmoid', margin: logit };

const OBJECTIVES: ReadonlyMap<string, Objective> = new Map([
  ...[
    'reg:squarederror',
    'reg:linear',
    'reg:squaredlogerror',
    'reg:pseudohubererror',
    'reg:absoluteerror',
    'reg:quantileerror',
    'reg:expectileerror',
    'binary:logitraw',
    'rank:pairwise',
    'rank:ndcg',
    'rank:map',
  ].map((name): [string, Objective] => [name, IDENTITY]),
  ['reg:logistic', LOGISTIC],
  ['binary:logistic', LOGISTIC],
  ['binary:hinge', { link: 'step' }],
  ['multi:softprob', { link: 'softmax' }],
  ['multi:softmax', { link: 'best' }],
  ['count:poisson', EXPONENTIAL],
  ['reg:gamma', EXPONENTIAL],
  ['reg:tweedie', EXPONENTIAL],
  ['survival:cox', EXPONENTIAL],
  ['survival:aft', EXPONENTIAL],
]);

/** Undefined if mlctl does not know it: a function of the user's own, or one newer than mlctl. */
export const objectiveOf = (name: string): Objective | undefined => OBJECTIVES.get(name);

const exp = (value: number): number => fround(Math.exp(value));

/** 88.7 keeps float32's exponential finite. */
const sigmoid = (margin: number): number => fround(1 / fround(exp(Math.min(-margin, fround(88.7))) + 1));

/** Writes the answers of `rows` rows of `outputs` margins; `best` writes one a row. */
export function applyLink(
  link: Link,
  margins: Float64Array,
  rows: number,
  outputs: number,
  answers: Float32Array,
  at: number,
): void {
  if (link === 'softmax') {
    for (let row = 0; row < rows; row++) softmax(margins, row * outputs, outputs, answers, at + row * outputs);
  } else if (link === 'best') {
    for (let row = 0; row < rows; row++) answers[at + row] = best(margins, row * outputs, outputs);
  } else {
    const of = link === 'sigmoid' ? sigmoid : link === 'exp' ? exp : link === 'step' ? step : same;
    for (let i = 0; i < rows * outputs; i++) answers[at + i] = of(margins[i]!);
  }
}

const same = (margin: number): number => margin;
const step = (margin: number): number => (margin > 0 ? 1 : 0);

function softmax(margins: Float64Array, from: number, outputs: number, answers: Float32Array, at: number): void {
  let most = margins[from]!;
  for (let i = 1; i < outputs; i++) most = Math.max(most, margins[from + i]!);
  // The sum is a double in XGBoost too.
  let sum = 0;
  for (let i = 0; i < outputs; i++) {
    const value = exp(fround(margins[from + i]! - most));
    answers[at + i] = value;
    sum += value;
  }
  for (let i = 0; i < outputs; i++) answers[at + i] = answers[at + i]! / fround(sum);
}

function best(margins: Float64Array, from: number, outputs: number): number {
  let found = 0;
  for (let i = 1; i < outputs; i++) if (margins[from + i]! > margins[from + found]!) found = i;
  return found;
}
