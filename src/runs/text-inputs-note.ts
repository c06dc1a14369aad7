// Turns a signature with text columns into the one line that its users in Python need.
import { textInputs } from '../model/text-inputs.js';
import type { Signature } from '../schema/types.js';

const MOST_NAMED = 5;

/** null: MLflow's ONNX flavor reads the model with every pandas. A single column reaches the model as an array of objects anyway. */
export function textInputsNote(signature: Signature | null): string | null {
  if (signature?.inputs?.kind !== 'columns' || signature.inputs.columns.length < 2) return null;
  const names = textInputs(signature);
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMED).map((name) => `${JSON.stringify(name)}: object`);
  const more = names.length > MOST_NAMED ? ', …' : '';
  return `in Python with pandas 3, give the text columns as objects: df.astype({${shown.join(', ')}${more}}); pandas 2 needs nothing`;
}
