// Turns a text into a string literal of MLflow's filter language, which has no escapes: in the quotes that the text does not contain.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

/** Throws NAME_INVALID for a text with both kinds of quotes, which cannot be written there. */
export function filterText(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw new MlctlError(
    'NAME_INVALID',
    `MLflow cannot search for "${printable(text, 100)}": it has both kinds of quotes`,
    {
      hint: 'rename it: mlflow.MlflowClient().rename_registered_model(old, new)',
    },
  );
}
