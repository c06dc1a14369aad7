// The target column to classes: the sorted labels that occur, and the place of each row's label among them.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { ClassLabels } from '../estimators/types.js';
import { nearestNames } from '../text/nearest.js';
import { compareCodePoints } from './compare.js';

interface Target {
  readonly classes: ClassLabels;
  /** Place of each row's class in `classes`. */
  readonly codes: Int32Array;
  readonly warnings: readonly string[];
}

/** Classes beyond this many are more likely a number to predict, or a name of each row. */
const MAX_CLASSES = 10_000;

export function readTarget(table: Table, name: string): Target {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) {
    const names = table.columns.map((candidate) => candidate.name);
    const near = nearestNames(name, names, 1)[0];
    throw new MlctlError(
      'DATA_INVALID',
      `the data has no target column ${JSON.stringify(name)}${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`,
      {
        hint: `the columns are ${names
          .slice(0, 20)
          .map((known) => JSON.stringify(known))
          .join(', ')}; name one as data.target or with --target`,
      },
    );
  }
  const gap = column.nulls ? column.nulls.indexOf(1) : -1;
  if (gap >= 0)
    throw new MlctlError('DATA_INVALID', `the target ${JSON.stringify(name)} is missing in row ${gap}`, {
      hint: 'leave out the rows without a target',
      details: { column: name, row: gap },
    });
  return classesOf(column);
}

function classesOf(column: Column): Target {
  switch (column.type) {
    case 'long':
    case 'integer': {
      const { found, codes } = code<bigint | number>(column.values, column.name);
      const { order, places } = sorted(found, (a, b) => (a < b ? -1 : 1));
      return {
        classes: { type: 'long', values: order.map(BigInt) },
        codes: codes.map((k) => places[k]!),
        warnings: [],
      };
    }
    case 'string':
      return textClasses(column.values, column.name, []);
    case 'boolean':
      return textClasses(
        Array.from(column.values, (value) => (value ? 'True' : 'False')),
        column.name,
        [`the target ${JSON.stringify(column.name)} holds true and false; its labels are the texts "True" and "False"`],
      );
    default:
      throw new MlctlError(
        'DATA_INVALID',
        `the target ${JSON.stringify(column.name)} holds ${column.type} values; a class is a whole number or a text`,
        {
          hint:
            column.type === 'double'
              ? 'write the classes as whole numbers (1, not 1.0); predicting a quantity needs a regressor, which is not there yet'
              : 'choose another target',
        },
      );
  }
}

function textClasses(values: readonly string[], name: string, warnings: readonly string[]): Target {
  const { found, codes } = code(values, name);
  const { order, places } = sorted(found, compareCodePoints);
  return { classes: { type: 'string', values: order }, codes: codes.map((k) => places[k]!), warnings };
}

/** Each value's number in order of appearance. */
function code<Value>(
  values: { readonly length: number; readonly [index: number]: Value },
  name: string,
): { found: Value[]; codes: Int32Array } {
  const numbers = new Map<Value, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let number = numbers.get(value);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(value, number);
      if (number >= MAX_CLASSES)
        throw new MlctlError(
          'DATA_INVALID',
          `the target ${JSON.stringify(name)} has more than ${MAX_CLASSES} classes`,
          {
            hint: 'a target names a class; this column looks like a quantity or a name of each row',
          },
        );
    }
    codes[i] = number;
  }
  return { found: [...numbers.keys()], codes };
}

function sorted<Value>(
  found: readonly Value[],
  compare: (a: Value, b: Value) => number,
): { order: Value[]; places: Int32Array } {
  const by = found.map((value, number) => ({ value, number })).sort((a, b) => compare(a.value, b.value));
  const places = new Int32Array(found.length);
  by.forEach(({ number }, place) => {
    places[number] = place;
  });
  return { order: by.map(({ value }) => value), places };
}
