// Turns the name of a registered model into all its versions, over all pages of the answer.
import { printable } from '../text/printable.js';
import { filterText } from '../tracking/filter-text.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { pagedAll } from '../tracking/paged.js';

/** Newest first. Throws NAME_INVALID for a name that MLflow's filter language cannot spell. */
export async function versionsOf(registry: ModelRegistry, name: string): Promise<readonly ModelVersion[]> {
  const filter = `name = ${filterText(name)}`;
  const items = await pagedAll(`versions of ${printable(name, 100)}`, (page) =>
    registry.searchModelVersions({ ...page, filter }),
  );
  return [...items].sort((a, b) => b.version - a.version);
}
