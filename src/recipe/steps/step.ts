// A step of a recipe: its words for the docs, its parameters (a schema, whose inferred type is what `fit` takes), its fit, its role.
import { z } from 'zod';
import type { Role } from '../../estimators/evaluator.js';
import type { Part } from '../../estimators/fitted.js';
import type { Frame } from '../../estimators/frame.js';
import type { Classifier, Estimator, Regressor, Transformer } from '../../estimators/types.js';
import type { ClassTarget, Target, ValueTarget } from '../../training/target.js';
import type { Work } from '../../work.js';
import type { PipelineStep } from '../recipe-types.js';
import { rules } from '../rules.js';

/** What a step is fitted on. */
interface Fitting<T extends Target = Target> {
  readonly frame: Frame;
  readonly target: T;
  /** Where the step is in the recipe, for messages. */
  readonly path: string;
  readonly warn: (message: string) => void;
  /** Fits steps inside this one, at `place` below it. */
  readonly fit: (steps: readonly PipelineStep[], frame: Frame, place: string) => Work<Part>;
}

/** What the docs say of a step. */
interface StepWords {
  /** The module of scikit-learn that has its class. */
  readonly module: string;
  /** One sentence. */
  readonly does: string;
  /** A recipe for docs/customers.csv; the tests train it. */
  readonly example: string;
}

export interface Step<E extends Estimator = Estimator> {
  readonly words: StepWords;
  readonly role: Role;
  readonly schema: z.ZodObject;
  /** Whether its parameters hold lists of steps, under the key `steps`. */
  readonly nests: boolean;
  readonly fit: (params: Readonly<Record<string, unknown>>, fitting: Fitting) => Work<E>;
}

type Params<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/** A step that may be limited to some `columns`. */
export function transformerStep<Shape extends z.ZodRawShape, E extends Transformer>(
  words: StepWords,
  shape: Shape,
  fit: (params: Params<Shape>, fitting: Fitting) => E,
): Step<E> {
  const columns = rules.columns
    .nullable()
    .default(null)
    .describe('The columns that it changes; the others pass through unchanged, behind them. null: all columns.');
  const schema = z.strictObject({ ...shape, columns });
  return {
    words,
    role: 'transformer',
    schema,
    nests: false,
    // biome-ignore lint/correctness/useYield: a transformer is fitted in one part
    *fit(params, fitting) {
      // the schema has shaped the parameters
      return fit(params as Params<Shape>, fitting);
    },
  };
}

export function classifierStep<Shape extends z.ZodRawShape, E extends Classifier>(
  words: StepWords,
  shape: Shape,
  fit: (params: Params<Shape>, fitting: Fitting<ClassTarget>) => Work<E>,
): Step<E> {
  const schema = z.strictObject(shape);
  return { words, role: 'classifier', schema, nests: false, fit: fit as unknown as Step<E>['fit'] };
}

export function regressorStep<Shape extends z.ZodRawShape, E extends Regressor>(
  words: StepWords,
  shape: Shape,
  fit: (params: Params<Shape>, fitting: Fitting<ValueTarget>) => Work<E>,
): Step<E> {
  const schema = z.strictObject(shape);
  return { words, role: 'regressor', schema, nests: false, fit: fit as unknown as Step<E>['fit'] };
}
