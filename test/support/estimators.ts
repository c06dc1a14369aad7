// Fitted estimators for tests, put together by hand.

import type { ColumnTransformer } from '../../src/estimators/compose/column-transformer.js';
import type { FeatureColumn } from '../../src/estimators/feature-column.js';
import type { LogisticRegression } from '../../src/estimators/linear-model/logistic-regression.js';
import type { Pipeline } from '../../src/estimators/pipeline/pipeline.js';
import type { Estimator, Transformer } from '../../src/estimators/types.js';

export const column = (name: string, type: FeatureColumn['type'] = 'double', required = true): FeatureColumn => ({
  name,
  type,
  required,
});

/** What every estimator says that was fitted on columns of these names. */
export const on = (names: readonly string[]) => ({ featuresIn: { names }, dtype: 'float64' }) as const;

/** `transformer` over the columns at `places`; the others pass through, behind. */
export function over(names: readonly string[], places: readonly number[], transformer: Transformer): ColumnTransformer {
  const rest = names.map((_, place) => place).filter((place) => !places.includes(place));
  return {
    kind: 'ColumnTransformer',
    ...on(names),
    transformers_: [
      { name: transformer.kind, transformer, columns: places },
      { name: 'remainder', transformer: 'passthrough', columns: rest },
    ],
    verbose_feature_names_out: false,
  };
}

export function pipeline(names: readonly string[], ...estimators: Estimator[]): Pipeline {
  return {
    kind: 'Pipeline',
    ...on(names),
    steps: estimators.map((estimator, i) => ({ name: `${estimator.kind} ${i}`, estimator })),
  };
}

/** The logistic regression that a pipeline ends in. */
export function lastStep({ steps }: Pipeline): LogisticRegression {
  const last = steps.at(-1)!.estimator;
  if (last.kind !== 'LogisticRegression') throw new TypeError(`ends in ${last.kind}`);
  return last as LogisticRegression;
}
