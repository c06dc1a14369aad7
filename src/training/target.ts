// Turns the target column into what a classifier learns (the sorted labels, and the position of each row's label) or a regressor
// learns (numbers).
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { RowError } from '../errors/row-error.js';
import type { ClassLabels } from '../estimators/fitted.js';
import { nearestNames } from '../text/nearest-names.js';
import { classLimit } from './class-limit.js';
import { compareCodePoints } from './compare-code-points.js';

export interface ClassTarget {
  readonly role: 'classifier';
  readonly classes: ClassLabels;
  /** Position of each row's class in `classes`. */
  readonly codes: Int32Array;
}

export interface ValueTarget {
  readonly role: 'regressor';
  readonly values: Float64Array;
}

export type Target = ClassTarget | ValueTarget;

/** More classes than this are refused whatever a recipe says. */
const MAX_CLASSES = 10_000;

interface Named {
  readonly target: string;
  /** null: as many as are plausible. */
  readonly max_classes: number | null;
}

export function readTarget(
  table: Table,
  { target: name, max_classes: most }: Named,
  role: Target['role'],
  warn: (message: string) => void,
): Target {
  const column = targetColumn(table, name);
  if (role === 'regressor') return valuesOf(column);
  const target = classesOf(column, warn);
  refuseManyClasses(target, name, most);
  return target;
}

/** More classes than expected are probably a quantity, or a name for each row: the user says which. */
function refuseManyClasses({ classes, codes }: ClassTarget, name: string, most: number | null): void {
  const [count, rows] = [classes.values.length, codes.length];
  if (count <= (most ?? classLimit(rows))) return;
  const [question, otherwise] =
    classes.type === 'long'
      ? ['is this a quantity?', 'end the pipeline with a regressor such as ridge to predict a quantity']
      : ['is this a name for each row?', 'choose a target that comes back in many rows'];
  throw new MlctlError(
    'DATA_INVALID',
    `the target ${JSON.stringify(name)} has ${count} classes in ${rows} rows${most === null ? '' : `, more than data.max_classes ${most}`}: ${question}`,
    {
      hint: `${otherwise}, or allow them as classes: --set data.max_classes=${count}`,
      details: { column: name, classes: count, rows },
    },
  );
}

/** The target of these rows. A classifier learns only the classes that occur in them, as scikit-learn's classes_. */
export function takeTarget(target: Target, rows: Int32Array): Target {
  if (target.role === 'regressor') return { role: 'regressor', values: pickNumbers(target.values, rows) };
  const { classes } = target;
  const codes = rows.map((row) => target.codes[row]!);
  const seen = new Uint8Array(classes.values.length);
  for (const k of codes) seen[k] = 1;
  const place = new Int32Array(seen.length);
  let next = 0;
  for (let k = 0; k < seen.length; k++) if (seen[k]) place[k] = next++;
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, k) => seen[k]);
  return {
    role: 'classifier',
    classes:
      classes.type === 'long'
        ? { type: 'long', values: kept(classes.values) }
        : { type: 'string', values: kept(classes.values) },
    codes: codes.map((k) => place[k]!),
  };
}

const pickNumbers = (values: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => values[row]!);

function targetColumn(table: Table, name: string): Column {
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
    throw new RowError('DATA_INVALID', (row) => `the target ${JSON.stringify(name)} is missing in ${row}`, gap, {
      hint: 'leave out the rows without a target',
      details: { column: name },
    });
  return column;
}

function valuesOf(column: Column): ValueTarget {
  const { name } = column;
  switch (column.type) {
    case 'double':
    case 'float':
    case 'long':
    case 'integer': {
      const values = Float64Array.from(column.values as ArrayLike<number | bigint>, Number);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0)
        throw new RowError(
          'DATA_INVALID',
          (row) => `the target ${JSON.stringify(name)} is ${values[bad]} in ${row}`,
          bad,
          { hint: 'leave out the rows without a finite target', details: { column: name } },
        );
      return { role: 'regressor', values };
    }
    default:
      throw new MlctlError(
        'DATA_INVALID',
        `the target ${JSON.stringify(name)} holds ${column.type} values; a regressor predicts a number`,
        { hint: 'choose another target, or end the pipeline with a classifier such as logistic_regression' },
      );
  }
}

function classesOf(column: Column, warn: (message: string) => void): ClassTarget {
  switch (column.type) {
    case 'long':
    case 'integer': {
      const { found, codes } = code<bigint | number>(column.values, column.name);
      const { order, places } = sorted(found, (a, b) => (a < b ? -1 : 1));
      return {
        role: 'classifier',
        classes: { type: 'long', values: order.map(BigInt) },
        codes: codes.map((k) => places[k]!),
      };
    }
    case 'string':
      return textClasses(column.values, column.name);
    case 'boolean':
      warn(
        `the target ${JSON.stringify(column.name)} holds true and false; its labels are the texts "True" and "False"`,
      );
      return textClasses(
        Array.from(column.values, (value) => (value ? 'True' : 'False')),
        column.name,
      );
    default:
      throw new MlctlError(
        'DATA_INVALID',
        `the target ${JSON.stringify(column.name)} holds ${column.type} values; a class is a whole number or a text`,
        {
          hint:
            column.type === 'double'
              ? 'write the classes as whole numbers (1, not 1.0), or end the pipeline with a regressor to predict a quantity'
              : 'choose another target',
        },
      );
  }
}

function textClasses(values: readonly string[], name: string): ClassTarget {
  const { found, codes } = code(values, name);
  const { order, places } = sorted(found, compareCodePoints);
  return { role: 'classifier', classes: { type: 'string', values: order }, codes: codes.map((k) => places[k]!) };
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
            hint: 'choose a target that names a class; this column looks like a quantity or a name for each row',
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
