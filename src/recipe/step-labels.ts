// Turns steps into the names they have in a pipeline: a step's own, with a number from the second of one name on.
import type { PipelineStep } from './recipe-types.js';

export function stepLabels(steps: readonly Pick<PipelineStep, 'name'>[]): string[] {
  return steps.map(({ name }, index) => {
    const nth = steps.slice(0, index + 1).filter((step) => step.name === name).length;
    return nth > 1 ? `${name}_${nth}` : name;
  });
}
