// Turns a class_weight of scikit-learn and the classes of the rows into the weight of each class (sklearn.utils.class_weight).
import { MlctlError } from '../errors/error.js';
import type { ClassTarget } from './target.js';

/** Pairs of class (as text) and weight, or scikit-learn's word; null: each row weighs 1. */
export type ClassWeight = 'balanced' | readonly (readonly [string, number])[] | null;

/** `balanced`: rows / (classes · rows of the class). A mapping: its weight, 1 for a class that it does not name. */
export function classWeights(classWeight: ClassWeight, target: ClassTarget, step: string): Float64Array | null {
  if (classWeight === null) return null;
  const labels = Array.from<bigint | string, string>(target.classes.values, String);
  if (classWeight === 'balanced') {
    const counts = new Float64Array(labels.length);
    for (const k of target.codes) counts[k]!++;
    return counts.map((count) => target.codes.length / (labels.length * count));
  }
  const given = new Map(classWeight);
  const known = new Set(labels);
  for (const name of given.keys())
    if (!known.has(name))
      throw new MlctlError(
        'RECIPE_INVALID',
        `${step}.class_weight names the class ${JSON.stringify(name)}, which the data does not have`,
        {
          hint: `the classes are ${labels
            .slice(0, 20)
            .map((label) => JSON.stringify(label))
            .join(', ')}`,
        },
      );
  return Float64Array.from(labels, (label) => given.get(label) ?? 1);
}
