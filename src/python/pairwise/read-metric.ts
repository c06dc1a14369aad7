// Turns the name of a metric and its parameters, as scikit-learn keeps them, into the metric.
import { inverseOf } from '../../estimators/linear-algebra/inverse.js';
import { METRICS, type Metric, type MetricName, plainMetric } from '../../estimators/pairwise/metric.js';
import type { Value } from '../value.js';

const OTHER_NAMES = {
  l2: 'euclidean',
  l1: 'manhattan',
  cityblock: 'manhattan',
  infinity: 'chebyshev',
  p: 'minkowski',
  wminkowski: 'minkowski',
} as const satisfies Record<string, MetricName>;

/** `params` is a dict, or null for no parameters. A callable is refused. */
export function readMetric(name: Value, params: Value | null, width: number): Metric {
  const given = name.choice(...METRICS, ...(Object.keys(OTHER_NAMES) as (keyof typeof OTHER_NAMES)[]));
  const metric = Object.hasOwn(OTHER_NAMES, given)
    ? OTHER_NAMES[given as keyof typeof OTHER_NAMES]
    : (given as MetricName);
  const read = new Map((params?.entries() ?? []).map(([key, value]) => [key.text(), value]));
  const take = (key: string): Value | null => {
    const value = read.get(key);
    read.delete(key);
    return value === undefined || value.isNone ? null : value;
  };
  const made = { ...plainMetric(metric), ...parametersOf(metric, given === 'wminkowski', take, width, name) };
  const [other] = read.values();
  if (other) other.unknown(`no such parameter of the metric ${given}`);
  return made;
}

function parametersOf(
  metric: MetricName,
  weightsInside: boolean,
  take: (key: string) => Value | null,
  width: number,
  name: Value,
): Partial<Metric> {
  if (metric === 'haversine' && width !== 2) name.fail('two columns for haversine', `${width} columns`);
  if (metric === 'minkowski') {
    const value = take('p');
    const p = value?.number() ?? 2;
    if (!(p > 0)) value!.fail('a number above zero');
    const weights = take('w')?.vector(width) ?? null;
    return { p, weights: weightsInside ? (weights?.map((weight) => weight ** p) ?? null) : weights };
  }
  if (metric === 'seuclidean') return { variances: (take('V') ?? name.fail('the variances V')).vector(width) };
  if (metric !== 'mahalanobis') return {};
  const inverse = take('VI')?.matrix(width, width).values;
  const covariance = take('V');
  if (inverse) return { inverse };
  const matrix = (covariance ?? name.fail('the covariance V or its inverse VI')).matrix(width, width).values;
  return { inverse: inverseOf(matrix, width) ?? covariance!.fail('a matrix that has an inverse') };
}
