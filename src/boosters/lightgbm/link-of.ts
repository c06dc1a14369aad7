// Turns the `objective=` line of a LightGBM model into what it makes of raw scores.
import type { LinkKind } from '../booster-sums.js';
import type { Refuse } from '../refuse.js';

/** Changes one row of scores, from `at` on. */
type Change = (scores: Float64Array, at: number, outputs: number) => void;

export interface Link {
  readonly change: Change;
  /** What it is, where others can say it too. */
  readonly kind: LinkKind | 'other';
  readonly slope: number;
}

const link = (kind: Link['kind'], change: Change, slope = 1): Link => ({ kind, change, slope });

const same = link('identity', () => {});

const each =
  (of: (score: number) => number): Change =>
  (scores, at, outputs) => {
    for (let i = at; i < at + outputs; i++) scores[i] = of(scores[i]!);
  };

const exponential = link('exp', each(Math.exp));
const signedSquare = link(
  'other',
  each((score) => Math.sign(score) * score * score),
);
const sigmoidOf = (slope: number): Link =>
  link(
    'sigmoid',
    each((score) => 1 / (1 + Math.exp(-slope * score))),
    slope,
  );

const softmax = link('softmax', (scores, at, outputs) => {
  let most = scores[at]!;
  for (let i = at + 1; i < at + outputs; i++) most = Math.max(most, scores[i]!);
  let sum = 0;
  for (let i = at; i < at + outputs; i++) {
    scores[i] = Math.exp(scores[i]! - most);
    sum += scores[i]!;
  }
  for (let i = at; i < at + outputs; i++) scores[i] = scores[i]! / sum;
});

const PLAIN = new Set([
  'regression',
  'regression_l1',
  'quantile',
  'huber',
  'fair',
  'mape',
  'lambdarank',
  'rank_xendcg',
]);

/** `line`: null if the file has none, or names a function of the user's own. */
export function linkOf(line: string | null, outputs: number, refuse: Refuse): Link {
  if (line === null) return same;
  const [name = '', ...words] = line.split(' ').filter((word) => word !== '');
  const parameter = (key: string): number => {
    const found = words.find((word) => word.startsWith(`${key}:`));
    const value = found === undefined ? Number.NaN : Number(found.slice(key.length + 1));
    if (value > 0 && Number.isFinite(value)) return value;
    throw refuse.malformed(`the objective ${JSON.stringify(line.slice(0, 80))} has no ${key} above zero`);
  };
  const classes = (found: Link): Link => {
    if (parameter('num_class') === outputs) return found;
    throw refuse.malformed(`${name} of ${parameter('num_class')} classes has ${outputs} trees an iteration`);
  };
  switch (name) {
    case 'binary':
      return sigmoidOf(parameter('sigmoid'));
    case 'multiclass':
      return classes(softmax);
    case 'multiclassova':
      return classes(sigmoidOf(parameter('sigmoid')));
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return exponential;
    case 'cross_entropy':
    case 'xentropy':
      return sigmoidOf(1);
    case 'cross_entropy_lambda':
    case 'xentlambda':
      return link(
        'other',
        each((score) => Math.log1p(Math.exp(score))),
      );
    default:
      if (PLAIN.has(name)) return words.includes('sqrt') ? signedSquare : same;
      throw refuse.unsupported(
        `mlctl does not know the objective ${JSON.stringify(name.slice(0, 80))}`,
        'run the model in Python, or log it as ONNX',
      );
  }
}
