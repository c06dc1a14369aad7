// Turns the files of a package into a tag, and the tags recorded when a model was logged into the files that its package had then.
import { listText, parseList } from '../model/changed-files.js';
import type { Standing } from './standing.js';

/** The list that the package digest is the digest of, so that an error can say which file differs. */
const PACKAGE_FILES_TAG = 'mlctl.package_files';
/** MLflow 2 keeps a tag of at most 5000 characters. */
const MOST_LISTED = 5000;

/** The tag to record; none if the list is too long for one. */
export function fileListTags(
  files: readonly { readonly path: string; readonly sha256: string }[],
): readonly (readonly [string, string])[] {
  const list = listText(files);
  return list.length > MOST_LISTED ? [] : [[PACKAGE_FILES_TAG, list]];
}

/** The files of the package with this digest, if somebody recorded their list. */
export function recordedFiles(
  of: Pick<Standing, 'version' | 'model' | 'run'>,
  digest: string,
): ReadonlyMap<string, string> | null {
  for (const { tags } of [of.model, of.version, of.run].filter((one) => one != null)) {
    const list = tags.get(PACKAGE_FILES_TAG);
    const files = list === undefined ? null : parseList(list, digest);
    if (files !== null) return files;
  }
  return null;
}
