// A class_weight of scikit-learn and the classes of the rows into the weight of each row (sklearn.utils.class_weight).

/** `balanced`: classes weigh the same in sum. A list gives each class its weight. */
export type ClassWeight = 'balanced' | readonly number[] | null;

/** `codes[i]` is the class of row i, 0 to `classes` − 1. Null: each row weighs 1. */
export function classWeights(classWeight: ClassWeight, codes: Int32Array, classes: number): Float64Array | null {
  if (classWeight === null) return null;
  const each = classWeight === 'balanced' ? balanced(codes, classes) : classWeight;
  return Float64Array.from(codes, (k) => each[k]!);
}

function balanced(codes: Int32Array, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const k of codes) counts[k]!++;
  return counts.map((count) => codes.length / (classes * count));
}
