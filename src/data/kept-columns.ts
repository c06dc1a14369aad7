// Turns the names in the header of training data into the columns that are read: those to drop are left out before anything is
// typed.
import { MlctlError } from '../errors/error.js';
import { isSavedIndex } from './saved-index.js';

/** Positions of the columns to read. Throws DATA_INVALID where two of them have one name, or one has none. */
export function keptColumns(names: readonly string[], drop: readonly string[], source: string): number[] {
  const left = new Set(drop);
  const kept = [...names.keys()].filter((place) => !left.has(names[place]!));
  const known = new Set<string>();
  for (const place of kept) {
    const name = names[place]!;
    if (name.trim() === '' && !isSavedIndex(name, place)) throw unnamedColumn(place, source);
    if (known.has(name))
      throw new MlctlError('DATA_INVALID', `${source}: the header names the column ${JSON.stringify(name)} twice`, {
        hint: 'rename one of them',
        details: { column: name },
      });
    known.add(name);
  }
  return kept;
}

export function unnamedColumn(place: number, source: string): MlctlError {
  return new MlctlError('DATA_INVALID', `${source}: column ${place} has no name in the header`, {
    hint:
      place === 0
        ? 'if it is an index, leave it out: data: { drop: [""] }, or write the file with to_csv(index=False)'
        : 'give every column a name',
    details: { column: place },
  });
}
