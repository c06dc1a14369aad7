// Refuses a list of file paths that cannot all exist in one folder of some file system (case, Unicode form, the same name for a
// file and a folder).
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

/** What a case-insensitive, normalising file system (macOS, Windows) makes of a path. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Throws PATH_REFUSED naming the two paths that would overwrite one another somewhere. */
export function refuseClashes(paths: readonly string[]): void {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const refuse = (a: string, b: string): never => {
    throw new MlctlError(
      'PATH_REFUSED',
      `the paths "${printable(a, 120)}" and "${printable(b, 120)}" are the same place on some file systems`,
      {
        details: { paths: [printable(a), printable(b)] },
      },
    );
  };
  for (const path of paths) {
    const key = folded(path);
    const twin = files.get(key) ?? folders.get(key);
    if (twin !== undefined) refuse(twin, path);
    files.set(key, path);
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      const folderKey = folded(folder);
      const file = files.get(folderKey);
      if (file !== undefined) refuse(file, path);
      const other = folders.get(folderKey);
      if (other !== undefined && other !== folder) refuse(other, path);
      folders.set(folderKey, folder);
    }
  }
}
