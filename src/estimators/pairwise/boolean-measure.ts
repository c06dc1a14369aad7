// Turns two points whose values count as true (not zero) or false into their distance, by the counts of scikit-learn's boolean metrics.
import type { Measure, MetricName } from './metric.js';

/** From: both true, one true, columns. */
type Rule = (both: number, differ: number, columns: number) => number;

const share = (part: number, of: number): number => (part === 0 ? 0 : part / of);

const RULES = {
  jaccard: (both, differ) => share(differ, both + differ),
  dice: (both, differ) => share(differ, 2 * both + differ),
  matching: (_both, differ, n) => differ / n,
  kulsinski: (both, differ, n) => (differ - both + n) / (differ + n),
  rogerstanimoto: (_both, differ, n) => (2 * differ) / (n + differ),
  russellrao: (both, _differ, n) => (n - both) / n,
  sokalmichener: (_both, differ, n) => (2 * differ) / (n + differ),
  sokalsneath: (both, differ) => share(differ, 0.5 * both + differ),
} satisfies Partial<Record<MetricName, Rule>>;

type BooleanMetric = keyof typeof RULES | 'yule';

export const isBooleanMetric = (name: MetricName): name is BooleanMetric =>
  name === 'yule' || Object.hasOwn(RULES, name);

export function booleanMeasure(name: BooleanMetric, width: number): Measure {
  const same = (value: number): number => value;
  if (name === 'yule') return { reduced: yule(width), distanceOf: same, reducedOf: same };
  const rule: Rule = RULES[name];
  return {
    reduced: (x, from, y, at) => {
      let both = 0;
      let differ = 0;
      for (let j = 0; j < width; j++) {
        const one = x[from + j] !== 0;
        const other = y[at + j] !== 0;
        if (one !== other) differ++;
        else if (one) both++;
      }
      return rule(both, differ, width);
    },
    distanceOf: same,
    reducedOf: same,
  };
}

function yule(width: number): Measure['reduced'] {
  return (x, from, y, at) => {
    const counts = [0, 0, 0, 0];
    for (let j = 0; j < width; j++) counts[Number(x[from + j] !== 0) * 2 + Number(y[at + j] !== 0)]!++;
    const [none, second, first, both] = counts as [number, number, number, number];
    const half = first * second;
    return half === 0 ? 0 : (2 * half) / (both * none + half);
  };
}
