// How far apart two points are: the metrics of scikit-learn with their parameters.

/** The metrics of scikit-learn under one name each: `l2` and `euclidean` are the same. */
export const METRICS = [
  'euclidean',
  'sqeuclidean',
  'manhattan',
  'chebyshev',
  'minkowski',
  'seuclidean',
  'mahalanobis',
  'hamming',
  'canberra',
  'braycurtis',
  'cosine',
  'correlation',
  'haversine',
  'nan_euclidean',
  'jaccard',
  'dice',
  'matching',
  'kulsinski',
  'rogerstanimoto',
  'russellrao',
  'sokalmichener',
  'sokalsneath',
  'yule',
] as const;

export type MetricName = (typeof METRICS)[number];

export interface Metric {
  readonly name: MetricName;
  /** The exponent of `minkowski`. */
  readonly p: number;
  /** Of `minkowski`, one a column. */
  readonly weights: Float64Array | null;
  /** Of `seuclidean`, one a column. */
  readonly variances: Float64Array | null;
  /** Of `mahalanobis`: the inverse covariance, width × width. */
  readonly inverse: Float64Array | null;
}

/** Compares the point at `from` in `x` with the one at `at` in `y`. */
export type Compare = (x: Float64Array, from: number, y: Float64Array, at: number) => number;

/** scikit-learn ranks points by a reduced distance (the square of the euclidean one), and so the ties are the same. */
export interface Measure {
  readonly reduced: Compare;
  readonly distanceOf: (reduced: number) => number;
  readonly reducedOf: (distance: number) => number;
}

export const plainMetric = (name: MetricName): Metric => ({
  name,
  p: 2,
  weights: null,
  variances: null,
  inverse: null,
});
