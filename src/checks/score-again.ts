// A model's answer and the CSV of true labels to the metrics that training logs (val_acc, val_precision …).
import { readRecords } from '../data/csv/read-records.js';
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { ClassLabels } from '../estimators/types.js';
import { printable } from '../text/printable.js';
import { compareCodePoints } from '../training/compare.js';
import { evaluate } from '../training/evaluate.js';

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
    hint: 'the evaluation rows were changed or cut since they were logged; train again',
  });
}

/** Or why there is nothing to score: the model answers no label. Throws DATA_INVALID where the labels do not belong to the answer. */
export async function scoreAgain(answer: Table, labelsCsv: Uint8Array): Promise<ReadonlyMap<string, number> | string> {
  const predicted = labelColumn(answer);
  if (predicted === null) return 'the model answers no label that could be compared with the true ones';
  const records: (readonly string[])[] = [];
  await readRecords({ bytes: labelsCsv, name: LABELS, delimiter: ',' }, (record) => records.push(record));
  const width = records[0]?.length ?? 0;
  if (width !== 1) unusable(`has ${width} columns; expected the one with the true labels`);
  if (records.length - 1 !== answer.rows) unusable(`has ${records.length - 1} labels for ${answer.rows} rows`);
  const actual = records.slice(1).map(([text = '']): Label => {
    const label = predicted.type === 'long' ? longOf(text) : text;
    return label ?? unusable(`holds "${printable(text, 40)}", which is not an integer as the model's labels are`);
  });
  const labels = Array.from(predicted.values as ArrayLike<Label>);
  const scores = probabilitiesOf(answer, predicted.type);
  const classes = sortedLabels([...actual, ...labels, ...(scores?.learned ?? [])], predicted.type);
  const placeOf = new Map<Label, number>((classes.values as readonly Label[]).map((label, place) => [label, place]));
  const learned = (scores === null ? classes : { type: predicted.type, values: scores.learned }) as ClassLabels;
  return evaluate(
    classes,
    Int32Array.from(actual, (label) => placeOf.get(label) ?? 0),
    learned,
    { labels, probabilities: scores?.values ?? null },
  ).metrics;
}
