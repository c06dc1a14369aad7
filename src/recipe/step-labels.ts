// Turns steps into their names in a pipeline: a step's own name, with a number from the second of the same name on.
import type { PipelineStep } from './recipe-types.js';

export function stepLabels(steps: readonly Pick<PipelineStep, 'name'>[]): string[] {
  return steps.map(({ name }, index) => {
    const nth = steps.slice(0, index + 1).filter((step) => step.name === name).length;
    return nth > 1 ? `${name}_${nth}` : name;
  });
}
