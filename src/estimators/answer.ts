// Turns a prediction into the table that an opened model answers, and gives the names of its columns beforehand.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { AnyLabels, Label } from './fitted.js';
import type { ClassPrediction, Prediction } from './prediction.js';

export interface AnswerColumn {
  readonly name: string;
  readonly type: 'long' | 'string' | 'double' | 'boolean';
}

/** A class label and, if the classifier has them, one probability a class. */
export function classColumns(classes: AnyLabels, probabilities: boolean): AnswerColumn[] {
  const names = probabilities ? Array.from<Label, string>(classes.values, String) : [];
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

export function answerTable(
  prediction: Prediction & { readonly probabilities: Float64Array | null },
  rows: number,
): Table {
  switch (prediction.role) {
    case 'regressor':
      return { rows, columns: [{ ...ONE_COLUMN.regressor, values: Float64Array.from(prediction.values) }] };
    case 'clusterer':
      return { rows, columns: [{ ...ONE_COLUMN.clusterer, values: prediction.clusters }] };
    case 'outputs':
      throw new MlctlError('MODEL_UNSUPPORTED', 'a classifier of several targets has no columns of one label');
    case 'classifier':
      return { rows, columns: classAnswer(prediction, rows) };
  }
}

function classAnswer(
  { classes, codes, probabilities }: ClassPrediction & { readonly probabilities: Float64Array | null },
  rows: number,
): Column[] {
  const [label, ...chances] = classColumns(classes, probabilities !== null);
  return [
    { name: label!.name, ...labelsOf(classes, codes) },
    ...chances.map(({ name }, k): Column => {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = probabilities![i * chances.length + k]!;
      return { name, type: 'double', values };
    }),
  ];
}

type ValuesOf<L> = L extends { readonly type: 'long' }
  ? { readonly type: 'long'; readonly values: BigInt64Array }
  : L extends { readonly type: 'string' }
    ? { readonly type: 'string'; readonly values: string[] }
    : L extends { readonly type: 'double' }
      ? { readonly type: 'double'; readonly values: Float64Array }
      : { readonly type: 'boolean'; readonly values: Uint8Array };

/** The labels at these places, as the values of a column. */
export function labelsOf<L extends AnyLabels>(classes: L, codes: Int32Array): ValuesOf<L> {
  return valuesAt(classes, codes) as ValuesOf<L>;
}

function valuesAt({ type, values }: AnyLabels, codes: Int32Array) {
  switch (type) {
    case 'long':
      return { type, values: BigInt64Array.from(codes as ArrayLike<number>, (k) => values[k]!) };
    case 'string':
      return { type, values: Array.from(codes, (k) => values[k]!) };
    case 'double':
      return { type, values: Float64Array.from(codes, (k) => values[k]!) };
    case 'boolean':
      return { type, values: Uint8Array.from(codes, (k) => Number(values[k]!)) };
  }
}
