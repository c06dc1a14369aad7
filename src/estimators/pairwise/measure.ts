// Turns a metric into how two points are compared.
import { booleanMeasure, isBooleanMetric } from './boolean-measure.js';
import type { Measure, Metric } from './metric.js';
import { correlationMeasure, cosineMeasure, haversineMeasure, nanEuclideanMeasure } from './odd-measures.js';
import { realMeasure } from './real-measure.js';

export function measureOf(metric: Metric, width: number): Measure {
  const { name } = metric;
  if (isBooleanMetric(name)) return booleanMeasure(name, width);
  if (name === 'cosine') return cosineMeasure(width);
  if (name === 'correlation') return correlationMeasure(width);
  if (name === 'haversine') return haversineMeasure();
  if (name === 'nan_euclidean') return nanEuclideanMeasure(width);
  return realMeasure(metric, width);
}
