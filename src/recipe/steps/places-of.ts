// Turns the column names in a recipe into their positions at a step.
import { MlctlError } from '../../errors/error.js';
import type { Frame } from '../../estimators/frame.js';
import { nearestNames } from '../../text/nearest-names.js';

/** The positions of the columns that a recipe names at `path`. */
export function placesOf(names: readonly string[], frame: Frame, path: string): number[] {
  const known = frame.columns.map((column) => column.name);
  return names.map((name) => {
    const place = known.indexOf(name);
    if (place >= 0) return place;
    const near = nearestNames(name, known, 1)[0];
    throw new MlctlError(
      'RECIPE_INVALID',
      `${path} names ${JSON.stringify(name)}, which is not a column at this step${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`,
      {
        hint: `the columns here are ${known
          .slice(0, 20)
          .map((column) => JSON.stringify(column))
          .join(', ')}`,
        details: { columns: known },
      },
    );
  });
}
