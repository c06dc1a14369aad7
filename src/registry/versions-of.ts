// All versions of a registered model, however many pages they fill.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { pagedAll } from '../tracking/paged.js';
import type { ModelVersion, TrackingStore } from '../tracking/store.js';

/** A string literal of MLflow's filter language, which has no escapes: the quote the text does not hold. */
function filterText(text: string): string | null {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? null : `"${text}"`;
}

/** Newest first. Throws NAME_INVALID for a name that MLflow's filter language cannot spell. */
export async function versionsOf(registry: TrackingStore, name: string): Promise<readonly ModelVersion[]> {
  const literal = filterText(name);
  if (literal === null)
    throw new MlctlError(
      'NAME_INVALID',
      `MLflow cannot be asked for "${printable(name, 100)}": it has both kinds of quotes`,
      {
        hint: 'Rename it: mlflow.MlflowClient().rename_registered_model(old, new).',
      },
    );
  const filter = `name = ${literal}`;
  const items = await pagedAll(`versions of ${printable(name, 100)}`, (page) =>
    registry.searchModelVersions({ ...page, filter }),
  );
  return [...items].sort((a, b) => b.version - a.version);
}
