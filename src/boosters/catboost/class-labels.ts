// Turns what a CatBoost model says about its classes into labels as Python's CatBoost answers them.
import type { Refuse } from '../refuse.js';
import type { Answer } from '../types.js';
import { type ModelInfo, recordOf } from './model-info.js';

type Label = string | number | boolean;
type LabelType = 'Integer' | 'Float' | 'Boolean' | 'String';

export interface ClassLabels {
  /** By class, the label. */
  readonly labels: readonly Label[];
  readonly type: LabelType;
  /** By value of a row, its class: a class that was not in the training data has no value. */
  readonly classOfValue: Int32Array;
}

const isLabel = (value: unknown): value is Label => ['string', 'number', 'boolean'].includes(typeof value);
const labelsIn = (value: unknown): Label[] => (Array.isArray(value) ? value.filter(isLabel) : []);
const sequence = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Training on more classes is not possible. */
const MOST_CLASSES = 1_000_000;

export function classLabels(info: ModelInfo, dimensions: number, refuse: Refuse): ClassLabels {
  const values = dimensions === 1 ? 2 : dimensions;
  const options = info.classParams;
  const names = labelsIn(options?.['class_names']);
  const count = Number(options?.['classes_count'] ?? 0);
  const known = labelsIn(options?.['class_to_label']).map(Number);
  if (!(count >= 0 && count <= MOST_CLASSES)) throw refuse.malformed(`classes_count is ${count}`);
  const oldNames = labelsIn(recordOf(info.params['data_processing_options'])['class_names']);
  const labels =
    names.length > 0
      ? names
      : count > 0
        ? sequence(count)
        : known.length > 0
          ? known.map(Math.trunc)
          : oldNames.length > 0
            ? oldNames
            : sequence(values);
  // Only classes that the user named may be missing from the training data.
  const isNamed = Math.max(count, names.length) > 0 && known.length > 0 && dimensions > 1;
  const classOfValue = Int32Array.from(isNamed ? known : sequence(values));
  if (classOfValue.length !== values || classOfValue.some((label) => label < 0 || label >= labels.length))
    throw refuse.malformed(`it has ${labels.length} class labels for ${values} classes`);
  return { labels, type: typeOf(labels, options?.['class_label_type'], refuse), classOfValue };
}

/** The labels of classes, in the dtype that Python answers. */
export function answerLabels({ labels, type }: ClassLabels, classes: Int32Array): Answer {
  switch (type) {
    case 'Integer': {
      const values = new BigInt64Array(classes.length);
      for (const [row, found] of classes.entries()) values[row] = BigInt(labels[found] as number);
      return { dtype: 'int64', values };
    }
    case 'Float':
      return { dtype: 'float64', values: Float64Array.from(classes, (found) => labels[found] as number) };
    case 'Boolean':
      return { dtype: 'bool', values: Uint8Array.from(classes, (found) => (labels[found] === true ? 1 : 0)) };
    default:
      return { dtype: 'object', values: Array.from(classes, (found) => labels[found] as string) };
  }
}

/** By what the labels are: JSON writes a whole float as an integer, so the file says more if it says anything. */
function typeOf(labels: readonly Label[], said: unknown, refuse: Refuse): LabelType {
  const type =
    said === 'Float' || !labels.every(Number.isSafeInteger)
      ? ({ number: 'Float', string: 'String', boolean: 'Boolean' } as const)[typeof labels[0] as 'number']
      : 'Integer';
  if (labels.every((label) => typeof label === typeof labels[0])) return type;
  throw refuse.malformed('the class labels are of different types');
}
