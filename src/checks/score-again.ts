// Turns a model's answer and the CSV of true labels or quantities into the evaluation that training makes: its metrics (val_acc …,
// val_rmse …), its confusion matrix, its curves.
import { USUAL_DIALECT } from '../data/csv/dialect.js';
import { readRecords } from '../data/csv/read-records.js';
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { ONE_COLUMN } from '../estimators/answer.js';
import type { ClassLabels } from '../estimators/fitted.js';
import { printable } from '../text/printable.js';
import { compareCodePoints } from '../training/compare-code-points.js';
import { type ClassEvaluation, evaluateClasses } from '../training/evaluate-classes.js';
import { evaluateValues, type ValueEvaluation } from '../training/evaluate-values.js';
import { finish } from '../work.js';

type Label = bigint | string;

const PROBABILITY = 'probability_';
const LABELS = 'evaluation/y_te.csv';

function labelColumn(answer: Table): Extract<Column, { type: 'long' | 'string' }> | null {
  const usable = answer.columns.filter((column) => column.type === 'long' || column.type === 'string');
  const byName = usable.find(({ name }) => name === 'label');
  return byName ?? (usable.length === 1 ? (usable[0] ?? null) : null);
}

const longOf = (text: string): bigint | null => (/^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : null);

function sortedLabels(labels: Iterable<Label>, type: ClassLabels['type']): ClassLabels {
  const distinct = [...new Set(labels)];
  return type === 'long'
    ? { type, values: (distinct as bigint[]).sort((a, b) => (a < b ? -1 : 1)) }
    : { type, values: (distinct as string[]).sort(compareCodePoints) };
}

/** The classes that the answer has probabilities of, in the order of their columns, and the values row-major. */
function probabilitiesOf(
  answer: Table,
  type: ClassLabels['type'],
): { readonly learned: Label[]; readonly values: Float64Array } | null {
  const learned: Label[] = [];
  const columns: Float64Array[] = [];
  for (const column of answer.columns) {
    if (column.type !== 'double' || !column.name.startsWith(PROBABILITY)) continue;
    const text = column.name.slice(PROBABILITY.length);
    const label = type === 'long' ? longOf(text) : text;
    if (label === null) return null;
    learned.push(label);
    columns.push(column.values);
  }
  if (learned.length === 0) return null;
  const values = new Float64Array(answer.rows * learned.length);
  for (const [k, column] of columns.entries()) {
    for (let row = 0; row < answer.rows; row++) values[row * learned.length + k] = column[row] ?? Number.NaN;
  }
  return { learned, values };
}

function unusable(why: string): never {
  throw new MlctlError('DATA_INVALID', `the true labels of the run cannot be compared: ${LABELS} ${why}`, {
    hint: 'the evaluation rows were changed or cut after they were logged; train again',
  });
}

/** The quantities that a regressor answers: `prediction`, or the only column where that is a number. */
function valueColumn({ columns }: Table): ArrayLike<number> | null {
  const byName = columns.find(({ name }) => name === ONE_COLUMN.regressor.name);
  const column = byName ?? (columns.length === 1 ? columns[0] : undefined);
  return column?.type === 'double' || column?.type === 'float' ? column.values : null;
}

/** The cells of the one column of true labels or quantities. */
async function trueCells(bytes: Uint8Array, rows: number): Promise<string[]> {
  const records: (readonly string[])[] = [];
  await readRecords({ bytes, name: LABELS, dialect: USUAL_DIALECT }, (record) => records.push(record));
  const width = records[0]?.length ?? 0;
  if (width !== 1) unusable(`has ${width} columns; expected one, with the true labels`);
  if (records.length - 1 !== rows) unusable(`has ${records.length - 1} labels for ${rows} rows`);
  return records.slice(1).map(([text = '']) => text);
}

/** Or why there is nothing to score: the model answers nothing comparable. Throws DATA_INVALID where the truth does not belong to the answer. */
export async function scoreAgain(
  answer: Table,
  truthCsv: Uint8Array,
): Promise<ClassEvaluation | ValueEvaluation | string> {
  const predicted = labelColumn(answer);
  if (predicted !== null) return scoreClasses(answer, predicted, await trueCells(truthCsv, answer.rows));
  const values = valueColumn(answer);
  if (values === null) return 'the model does not return a label to compare with the true ones';
  const actual = (await trueCells(truthCsv, answer.rows)).map((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : unusable(`contains "${printable(text, 40)}", which is not a number`);
  });
  return evaluateValues(Float64Array.from(actual), Float64Array.from(values));
}

function scoreClasses(
  answer: Table,
  predicted: Extract<Column, { type: 'long' | 'string' }>,
  truth: readonly string[],
): ClassEvaluation {
  const actual = truth.map((text): Label => {
    const label = predicted.type === 'long' ? longOf(text) : text;
    return label ?? unusable(`contains "${printable(text, 40)}", which is not an integer like the model's labels`);
  });
  const labels = Array.from(predicted.values as ArrayLike<Label>);
  const scores = probabilitiesOf(answer, predicted.type);
  const classes = sortedLabels([...actual, ...labels, ...(scores?.learned ?? [])], predicted.type);
  const placeOf = new Map<Label, number>((classes.values as readonly Label[]).map((label, place) => [label, place]));
  const places = (of: readonly Label[]): Int32Array => Int32Array.from(of, (label) => placeOf.get(label) ?? 0);
  const evaluated = evaluateClasses(classes, places(actual), {
    learned: (scores === null ? classes : { type: predicted.type, values: scores.learned }) as ClassLabels,
    codes: places(labels),
    probabilities: scores?.values ?? null,
  });
  return finish(evaluated);
}
