// Turns the place of a store or a file into the shortest way to say it from this folder: `./mlflow.db`.
import { isAbsolute, relative, sep } from 'node:path';

export function nearPath(place: string, cwd: string): string {
  const path = place.replace(/^sqlite:\/\/\/(?=\/|[A-Za-z]:)/, '');
  if (!isAbsolute(path)) return place;
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') ? path : `.${sep}${near}`;
}
