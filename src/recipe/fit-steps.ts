// Turns training rows and the steps of a recipe into a fitted pipeline: each step is fitted on what the steps before it give.
import { MlctlError } from '../errors/error.js';
import { type Frame, pick } from '../estimators/frame.js';
import type { Pipeline } from '../estimators/pipeline/pipeline.js';
import { transformFrame } from '../estimators/trained/predict.js';
import type { Estimator } from '../estimators/types.js';
import { fittedOn } from '../training/fitted-on.js';
import type { Target } from '../training/target.js';
import type { Work } from '../work.js';
import type { PipelineStep } from './recipe-types.js';
import { stepLabels } from './step-labels.js';
import { placesOf } from './steps/places-of.js';
import { stepNamed } from './steps/table.js';

interface Training {
  readonly target: Target;
  readonly warn: (message: string) => void;
}

/** `path` is where the list of steps is in the recipe, for messages. */
export function* fitSteps(
  steps: readonly PipelineStep[],
  frame: Frame,
  training: Training,
  path: string,
): Work<Pipeline> {
  const labels = stepLabels(steps);
  const fitted: { name: string; estimator: Estimator }[] = [];
  let at = frame;
  for (const [i, step] of steps.entries()) {
    yield `fitting ${step.name}`;
    const estimator = yield* during(`fitting ${step.name}`, fitStep(step, at, training, `${path}.${i}.${step.name}`));
    fitted.push({ name: labels[i]!, estimator });
    if (i === steps.length - 1 && stepNamed(step.name)?.role !== 'transformer') break;
    at = transformFrame(estimator, at);
    refuseSameNames(at, step.name);
  }
  return { kind: 'Pipeline', ...fittedOn(frame), steps: fitted };
}

/** Says what `work` is part of. */
function* during<T>(what: string, work: Work<T>): Work<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield value === undefined || value.startsWith('fitting ') ? value : `${what}: ${value}`;
  }
}

/** A step limited to some columns is a ColumnTransformer that puts the other columns after its own, unchanged. */
function* fitStep(step: PipelineStep, frame: Frame, training: Training, path: string): Work<Estimator> {
  const fit = (on: Frame): Work<Estimator> =>
    stepNamed(step.name)!.fit(step.params, {
      ...training,
      frame: on,
      path,
      *fit(steps, part, place) {
        const pipeline = yield* fitSteps(steps, part, training, `${path}.${place}`);
        return steps.length === 1 ? pipeline.steps[0]!.estimator : pipeline;
      },
    });
  if (step.columns === null) return yield* fit(frame);
  const taken = placesOf(step.columns, frame, `${path}.columns`);
  const own = new Set(taken);
  const rest = frame.columns.map((_, place) => place).filter((place) => !own.has(place));
  return {
    kind: 'ColumnTransformer',
    ...fittedOn(frame),
    transformers_: [
      { name: step.name, transformer: yield* fit(pick(frame, taken)), columns: taken },
      { name: 'remainder', transformer: 'passthrough', columns: rest },
    ],
    verbose_feature_names_out: false,
  };
}

function refuseSameNames(frame: Frame, step: string): void {
  const seen = new Set<string>();
  for (const { name } of frame.columns) {
    if (seen.has(name))
      throw new MlctlError('DATA_INVALID', `${step}: two columns would be named ${JSON.stringify(name)} after it`, {
        hint: 'rename one of the columns in the data',
      });
    seen.add(name);
  }
}
