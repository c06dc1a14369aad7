// All versions of a registered model, however many pages they fill.
import { MlctlError } from '../errors/error.js';
import type { ModelVersion, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import { paged } from './paged.js';

/** No registry that people look at has more versions of one name. */
const MOST_VERSIONS = 100_000;

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
  const { items } = await paged(MOST_VERSIONS, (page) => registry.searchModelVersions({ ...page, filter }));
  return [...items].sort((a, b) => b.version - a.version);
}
