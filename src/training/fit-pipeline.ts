// Training rows and the steps of a recipe to a fitted pipeline: each step is fitted on what the steps before it give.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { type Frame, frameOf, matrixOf } from '../estimators/frame.js';
import { transformFrame } from '../estimators/pipeline.js';
import type { ClassLabels, FeatureColumn, FittedPipeline, Transformer } from '../estimators/types.js';
import type { Recipe, TransformerStep } from '../recipe/recipe-types.js';
import { nearestNames } from '../text/nearest.js';
import { type FittedLogisticRegression, fitLogisticRegression } from './logistic-regression.js';
import { fitMinMaxScaler } from './min-max-scaler.js';
import { fitOneHotEncoder } from './one-hot-encoder.js';
import { fitSimpleImputer } from './simple-imputer.js';
import { fitStandardScaler } from './standard-scaler.js';

interface FittedRecipe {
  readonly pipeline: FittedPipeline;
  readonly warnings: readonly string[];
}

/** `codes[i]` is the place of row i's class in `classes`. */
export function fitPipeline(
  steps: Recipe['pipeline'],
  inputs: readonly FeatureColumn[],
  rows: Table,
  classes: ClassLabels,
  codes: Int32Array,
): FittedRecipe {
  let frame = frameOf(rows, inputs);
  const fitted: Transformer[] = [];
  steps.transformers.forEach((step, i) => {
    const transformer = fitTransformer(step, frame, stepColumns(step, i, frame));
    fitted.push(transformer);
    frame = transformFrame(transformer, frame);
  });
  const features = frame.columns.map((column) => column.name);
  const { params, kind } = steps.predictor;
  const matrix = matrixOf(frame, features, kind);
  const result = fitLogisticRegression({ matrix, rows: frame.rows, features, ...occurring(classes, codes) }, params);
  return {
    pipeline: { inputs, steps: fitted, predictor: result.model },
    warnings: fitWarnings(result, params.max_iter),
  };
}

function fitTransformer(step: TransformerStep, frame: Frame, columns: readonly string[]): Transformer {
  switch (step.kind) {
    case 'standard_scaler':
      return fitStandardScaler(frame, columns, step.params);
    case 'min_max_scaler':
      return fitMinMaxScaler(frame, columns, step.params);
    case 'simple_imputer':
      return fitSimpleImputer(frame, columns, step.params);
    case 'one_hot_encoder':
      return fitOneHotEncoder(frame, columns, step.params);
  }
}

function stepColumns(step: TransformerStep, index: number, frame: Frame): readonly string[] {
  const known = frame.columns.map((column) => column.name);
  for (const name of step.columns ?? []) {
    if (known.includes(name)) continue;
    const near = nearestNames(name, known, 1)[0];
    throw new MlctlError(
      'RECIPE_INVALID',
      `pipeline.${index}.${step.kind}.columns names ${JSON.stringify(name)}, which is not a column at this step${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`,
      {
        hint: `the columns here are ${known
          .slice(0, 20)
          .map((column) => JSON.stringify(column))
          .join(', ')}`,
        details: { columns: known },
      },
    );
  }
  return step.columns ?? known;
}

/** Only the classes that the training rows have are learned, as scikit-learn's classes_. */
function occurring(classes: ClassLabels, codes: Int32Array): { classes: ClassLabels; target: Int32Array } {
  const seen = new Uint8Array(classes.values.length);
  for (const k of codes) seen[k] = 1;
  const place = new Int32Array(seen.length);
  let next = 0;
  for (let k = 0; k < seen.length; k++) if (seen[k]) place[k] = next++;
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, k) => seen[k]);
  return {
    classes:
      classes.type === 'long'
        ? { type: 'long', values: kept(classes.values) }
        : { type: 'string', values: kept(classes.values) },
    target: codes.map((k) => place[k]!),
  };
}

function fitWarnings({ converged, model }: FittedLogisticRegression, maxIter: number): string[] {
  if (converged) return [];
  const reason =
    model.iterations >= maxIter
      ? `it stopped at max_iter = ${maxIter}`
      : `the line search found no further descent after ${model.iterations} iterations`;
  return [`logistic_regression did not converge: ${reason}; raise max_iter, or put standard_scaler in front of it`];
}
