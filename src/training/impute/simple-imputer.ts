// Turns columns into a fitted imputer: the value that replaces a missing one in each.
import { MlctlError } from '../../errors/error.js';
import type { Frame, FrameColumn } from '../../estimators/frame.js';
import type { SimpleImputer } from '../../estimators/impute/simple-imputer.js';
import { median } from '../../estimators/median.js';
import { mean } from '../../estimators/pairwise-sum.js';
import { allMissing } from '../all-missing.js';
import { compareCodePoints } from '../compare-code-points.js';
import { fittedOn } from '../fitted-on.js';

interface Params {
  readonly strategy: SimpleImputer['strategy'];
  /** null: 0 for numbers, "missing_value" for text. */
  readonly fill_value: number | string | null;
}

export function fitSimpleImputer(frame: Frame, params: Params): SimpleImputer {
  const statistics = frame.columns.map((column) => statisticOf(column, params));
  return { kind: 'SimpleImputer', ...fittedOn(frame), strategy: params.strategy, statistics_: statistics };
}

function statisticOf(column: FrameColumn, params: Params): number | string {
  const { strategy } = params;
  if (column.kind === 'text') {
    if (strategy === 'mean' || strategy === 'median')
      throw new MlctlError(
        'DATA_INVALID',
        `simple_imputer: strategy ${strategy} needs numbers, but column "${column.name}" is text`,
        {
          hint: 'use strategy most_frequent or constant for text, or limit the step with `columns`',
        },
      );
    const present = column.nulls ? column.values.filter((_, i) => !column.nulls![i]) : column.values;
    if (present.length === 0) throw allMissing('simple_imputer', column.name);
    return strategy === 'constant'
      ? fillText(column.name, params.fill_value)
      : mostFrequent(present, compareCodePoints);
  }
  const present = Float64Array.from(column.values).filter((x) => !Number.isNaN(x));
  if (present.length === 0) throw allMissing('simple_imputer', column.name);
  switch (strategy) {
    case 'mean':
      return mean(present);
    case 'median':
      return median(present.sort());
    case 'most_frequent':
      return mostFrequent(present, (a, b) => a - b);
    case 'constant':
      return fillNumber(column.name, params.fill_value);
  }
}

/** The smallest of the most frequent ones, as scikit-learn breaks ties. */
function mostFrequent<Value>(values: Iterable<Value>, compare: (a: Value, b: Value) => number): Value {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: Value | undefined;
  let most = 0;
  for (const [value, count] of counts)
    if (count > most || (count === most && compare(value, best!) < 0)) {
      best = value;
      most = count;
    }
  return best!;
}

function fillNumber(column: string, value: number | string | null): number {
  if (typeof value !== 'string') return value ?? 0;
  throw new MlctlError(
    'DATA_INVALID',
    `simple_imputer: fill_value ${JSON.stringify(value)} is text, but column "${column}" holds numbers`,
    {
      hint: 'give a number, or limit the step with `columns`',
    },
  );
}

function fillText(column: string, value: number | string | null): string {
  if (typeof value !== 'number') return value ?? 'missing_value';
  throw new MlctlError(
    'DATA_INVALID',
    `simple_imputer: fill_value ${value} is a number, but column "${column}" is text`,
    {
      hint: 'quote the value, or limit the step with `columns`',
    },
  );
}
