// Turns the LabelBinarizer that a classifier keeps into the labels of its classes, and into how its outputs stand for them.
import type { AnyLabels } from '../estimators/fitted.js';
import { Attributes } from './attributes.js';
import type { Value } from './value.js';

interface TargetLabels {
  readonly classes: AnyLabels;
  /** Each output is of a label of its own, which a row has or not. */
  readonly multilabel: boolean;
  /** How many outputs there are: two classes have one. */
  readonly outputs: number;
}

export function readTargetLabels(value: Value): TargetLabels {
  const binarizer = new Attributes(value);
  const classes = binarizer.get('classes_').labels();
  const count = classes.values.length;
  const type = binarizer.get('y_type_').choice('binary', 'multiclass', 'multilabel-indicator');
  // a sparse target makes sparse predictions
  if (binarizer.maybe('sparse_input_')?.flag()) binarizer.get('sparse_input_').unknown('False');
  if (type === 'binary' && count > 2) binarizer.get('classes_').fail('two classes');
  return { classes, multilabel: type === 'multilabel-indicator', outputs: type === 'binary' ? 1 : count };
}
