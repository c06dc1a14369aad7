// Turns what Python saved of a NearestCentroid into its value.
import type { NearestCentroid } from '../../estimators/neighbors/nearest-centroid.js';
import type { Attributes } from '../attributes.js';
import { readMetric } from '../pairwise/read-metric.js';

export function readNearestCentroid(attributes: Attributes): NearestCentroid {
  const classes_ = attributes.get('classes_').labels();
  const { values, width } = attributes.get('centroids_').matrix(undefined, classes_.values.length);
  const class_prior_ = attributes.maybe('class_prior_')?.vector(classes_.values.length) ?? null;
  return {
    ...attributes.fitted('NearestCentroid', width),
    classes_,
    metric: readMetric(attributes.get('metric'), null, width),
    centroids_: values,
    class_prior_,
    within_class_std_dev_: class_prior_ && attributes.get('within_class_std_dev_').vector(width),
  };
}
