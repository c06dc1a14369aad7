// Turns a prediction into the table that an opened model answers, and gives the names of its columns beforehand.
import type { Column, Table } from '../data/table.js';
import type { ClassLabels } from './fitted.js';
import type { Prediction } from './prediction.js';

export interface AnswerColumn {
  readonly name: string;
  readonly type: 'long' | 'string' | 'double';
}

/** A class label and, if the classifier has them, one probability a class. */
export function classColumns(classes: ClassLabels, probabilities: boolean): AnswerColumn[] {
  const names = probabilities ? Array.from<bigint | string, string>(classes.values, String) : [];
  return [
    { name: 'label', type: classes.type },
    ...names.map((label) => ({ name: `probability_${label}`, type: 'double' }) as const),
  ];
}

/**
 * The one column of the other roles. MLflow leaves the output of a scikit-learn regressor without a name, but a graph needs one;
 * Spark ML calls it `prediction`. A cluster's number is not called a label, because a label belongs to a class.
 */
export const ONE_COLUMN = {
  regressor: { name: 'prediction', type: 'double' },
  clusterer: { name: 'cluster', type: 'long' },
} as const satisfies Record<string, AnswerColumn>;

export function answerTable(prediction: Prediction, rows: number): Table {
  if (prediction.role === 'regressor')
    return { rows, columns: [{ ...ONE_COLUMN.regressor, values: prediction.values }] };
  if (prediction.role === 'clusterer')
    return { rows, columns: [{ ...ONE_COLUMN.clusterer, values: prediction.clusters }] };
  const { classes, codes, probabilities } = prediction;
  const [label, ...chances] = classColumns(classes, probabilities !== null);
  return {
    rows,
    columns: [
      { name: label!.name, ...labelsOf(classes, codes) },
      ...chances.map(({ name }, k): Column => {
        const values = new Float64Array(rows);
        for (let i = 0; i < rows; i++) values[i] = probabilities![i * chances.length + k]!;
        return { name, type: 'double', values };
      }),
    ],
  };
}

/** The labels at these places, as the values of a column. */
export function labelsOf(
  classes: ClassLabels,
  codes: Int32Array,
): { type: 'long'; values: BigInt64Array } | { type: 'string'; values: string[] } {
  return classes.type === 'long'
    ? { type: 'long', values: BigInt64Array.from(codes as ArrayLike<number>, (k) => classes.values[k]!) }
    : { type: 'string', values: Array.from(codes, (k) => classes.values[k]!) };
}
