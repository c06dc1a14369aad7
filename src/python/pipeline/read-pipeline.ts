// Turns what Python saved of a Pipeline into its value.
import type { Pipeline } from '../../estimators/pipeline/pipeline.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';

/** Steps that are 'passthrough' or None change nothing, so they are left out. */
export function readPipeline(attributes: Attributes, read: ReadPart): Pipeline {
  const steps = attributes
    .get('steps')
    .items()
    .flatMap((step) => {
      const [name, estimator] = step.items();
      if (!name || !estimator) return step.fail('a pair of a name and an estimator');
      if (estimator.isNone || estimator.saved === 'passthrough') return [];
      return [{ name: name.text(), estimator: read(estimator) }];
    });
  const first = steps[0] ?? attributes.get('steps').fail('at least one step');
  return { kind: 'Pipeline', featuresIn: first.estimator.featuresIn, dtype: 'float64', steps };
}
