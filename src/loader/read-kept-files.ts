// Turns the run behind a model into what it kept for people: its recipe, and the pictures that somebody drew of it.
import { readWhole } from '../artifacts/read-whole.js';
import type { ArtifactEntry, ArtifactStore } from '../artifacts/store.js';

interface KeptPicture {
  readonly path: string;
  /** Its media type, by its name. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

interface KeptFiles {
  readonly recipe: string | null;
  readonly pictures: readonly KeptPicture[];
  /** Pictures that are too many or too large. */
  readonly left: number;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
]);
const MOST_PICTURES = 16;
const MOST_FOLDERS = 20;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_RECIPE_BYTES = 1024 * 1024;

const typeOf = (path: string): string | undefined => TYPES.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());

/** At the top and one folder down, which is where MLflow's autologging and people put them. */
async function picturesIn(files: ArtifactStore, signal: AbortSignal): Promise<readonly ArtifactEntry[]> {
  const top = await files.list('');
  const folders = top.filter(({ isDirectory }) => isDirectory).slice(0, MOST_FOLDERS);
  const found = [...top];
  for (const { path } of folders) {
    signal.throwIfAborted();
    found.push(...(await files.list(path)));
  }
  return found.filter(({ path, isDirectory }) => !isDirectory && typeOf(path) !== undefined);
}

/** `files`: the artifacts of the run. `wanted` says which pictures to read, by their paths. Throws what the store throws. */
export async function readKeptFiles(
  files: ArtifactStore,
  wanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<KeptFiles> {
  const recipe = await readWhole(files, 'recipe.yaml', MOST_RECIPE_BYTES);
  const there = (await picturesIn(files, signal)).filter(({ path }) => wanted(path));
  const pictures: KeptPicture[] = [];
  for (const { path } of there.slice(0, MOST_PICTURES)) {
    signal.throwIfAborted();
    const bytes = await readWhole(files, path, MOST_BYTES);
    if (bytes instanceof Uint8Array) pictures.push({ path, type: typeOf(path)!, bytes });
  }
  return {
    recipe: recipe instanceof Uint8Array ? new TextDecoder().decode(recipe) : null,
    pictures,
    left: there.length - pictures.length,
  };
}
