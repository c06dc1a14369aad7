// Turns features into the answer of a boosted model that is a step of another one (LGBMClassifier, XGBRegressor and their like).
import type { Answer, Prediction as BoosterPrediction, OpenBooster } from '../../boosters/types.js';
import type { Column, Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ClassPrediction, Prediction, Scores } from '../prediction.js';

/** The library's own value, opened: trees of many kinds, of which scikit-learn knows nothing. */
export interface BoosterModel<Kind extends string> extends Fitted<Kind> {
  readonly booster: OpenBooster;
  /** A classifier's labels, in the order of its probabilities; null if only its answers say them. */
  readonly classes_: AnyLabels | null;
}

export function predictBoosterLabels({ booster, classes_ }: BoosterModel<string>, frame: Frame): Prediction {
  const answer = booster.predict(tableOf(frame, booster));
  const width = answer.shape[1];
  if (width === undefined) return labelsFrom(answer, 0, 1, classes_);
  const outputs = Array.from({ length: width }, (_, j) => labelsFrom(answer, j, width, null));
  return { role: 'outputs', outputs };
}

export function boosterProbabilities({ booster }: BoosterModel<string>, frame: Frame): Scores {
  const { values, shape } = booster.predictProbability!(tableOf(frame, booster));
  return { values: Float64Array.from(values as ArrayLike<number>), width: shape[1] ?? null };
}

export function predictBoosterValues({ booster }: BoosterModel<string>, frame: Frame): Prediction {
  const { values, shape } = booster.predict(tableOf(frame, booster));
  return { role: 'regressor', values: values as Float64Array | Float32Array, width: shape[1] ?? null };
}

/** Steps hand columns on by position, so they get the names that the model knows. */
function tableOf({ rows, columns }: Frame, { featureNames }: OpenBooster): Table {
  const names = featureNames?.length === columns.length ? featureNames : null;
  return {
    rows,
    columns: columns.map((column, j): Column => {
      const name = names?.[j] ?? column.name;
      if (column.kind === 'text') {
        const { values, nulls } = column;
        return { name, type: 'string', values, ...(nulls ? { nulls } : {}) };
      }
      return column.values instanceof Float32Array
        ? { name, type: 'float', values: column.values }
        : { name, type: 'double', values: column.values };
    }),
  };
}

/** Every `step`-th answer from `from` on. Of known labels the library answers the places, else the labels themselves. */
function labelsFrom(answer: BoosterPrediction, from: number, step: number, known: AnyLabels | null): ClassPrediction {
  const values = Array.from(answer.values as ArrayLike<bigint | number | string>).filter((_, at) => at % step === from);
  if (known) return { role: 'classifier', classes: known, codes: placesIn(known, values) };
  const classes = labelsIn(answer, values);
  const placeOf = new Map<unknown, number>([...classes.values].map((label, place) => [label, place]));
  // booleans come as 0 and 1
  const codes = Int32Array.from(values, (value) => placeOf.get(value) ?? placeOf.get(value === 1)!);
  return { role: 'classifier', classes, codes };
}

function placesIn({ values: labels }: AnyLabels, values: readonly (bigint | number | string)[]): Int32Array {
  return Int32Array.from(values, (value) => {
    const place = Number(value);
    if (place >= 0 && place < labels.length) return place;
    throw new MlctlError(
      'MODEL_MALFORMED',
      `the boosted trees answer the class ${place}, but ${labels.length} are known`,
    );
  });
}

function labelsIn({ dtype }: Answer, values: readonly (bigint | number | string)[]): AnyLabels {
  const distinct = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  if (dtype === 'object') return { type: 'string', values: distinct as string[] };
  if (dtype === 'bool') return { type: 'boolean', values: [false, true] };
  if (dtype === 'int64' || dtype === 'int32') return { type: 'long', values: distinct.map((value) => BigInt(value)) };
  return { type: 'double', values: distinct as number[] };
}
