// Turns a package folder into its digest, and files that are not those recorded into the error that names them.
import { MlctlError } from '../errors/error.js';
import { type DigestedFile, digestFolder, digestOfList } from '../files/digest-folder.js';
import { printable } from '../text/printable.js';
import { type ComparedFile, compareFiles } from './changed-files.js';
import { type ClaimedVersion, REGISTERED_MODEL_META, readRegisteredModelMeta } from './registered-model-meta.js';
import type { DigestPair } from './types.js';

/** Files up to this size are kept as they were hashed, so that the bytes verified are the bytes parsed. */
const KEPT_BYTES = 4 * 1024 * 1024;
const MOST_NAMED = 10;

export interface DigestedPackage extends DigestPair {
  readonly files: readonly DigestedFile[];
  /** Bytes as hashed, of files up to 4 MiB. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** MLflow's own note in the folder, which is not a part of the package and is left out of all the others. */
  readonly note: { readonly file: DigestedFile; readonly claims: ClaimedVersion | 'nothing' } | null;
}

/** `sha256:<hex>` of one file of the package; null if there is none at this path. */
export function digestOfFile(files: readonly DigestedFile[], path: string): string | null {
  const file = files.find((one) => one.path === path);
  return file ? `sha256:${file.sha256}` : null;
}

/** Reads every file once. `payload` names the payload if it is known already. */
export async function digestPackage(folder: string, payload?: string): Promise<DigestedPackage> {
  const { digest, files, bytes } = await digestFolder(folder, (_, size) => size <= KEPT_BYTES);
  const whole = { package: digest, payload: payload === undefined ? null : digestOfFile(files, payload), files, bytes };
  const file = files.find(({ path }) => path === REGISTERED_MODEL_META);
  const content = bytes.get(REGISTERED_MODEL_META);
  const claims = content === undefined ? null : await readRegisteredModelMeta(content);
  if (file === undefined || claims === null) return { ...whole, note: null };
  const others = files.filter((one) => one !== file);
  return {
    ...whole,
    package: digestOfList(others),
    files: others,
    bytes: new Map([...bytes].filter(([path]) => path !== REGISTERED_MODEL_META)),
    note: { file, claims },
  };
}

const OTHER_FILES = {
  why: '',
  hint: 'do not use these files; fetch the model again, or log it again from a source you trust',
};

/** `added: registered_model_meta; changed: MLmodel` */
function differencesOf(files: readonly ComparedFile[]): string {
  const parts = (['added', 'changed', 'missing'] as const).flatMap((state) => {
    const paths = files.filter((file) => file.state === state).map(({ path }) => printable(path, 120));
    const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
    return paths.length === 0 ? [] : [`${state}: ${paths.slice(0, MOST_NAMED).join(', ')}${more}`];
  });
  return parts.join('; ');
}

/**
 * Files that are not those recorded. `logged` is their list when the model was logged, if there is one, and `why` what is wrong
 * besides the digest. Looks only at hashes, never at content.
 */
export function changedPackage(
  found: Pick<DigestedPackage, 'package' | 'files'>,
  recorded: DigestPair,
  what: string,
  logged: ReadonlyMap<string, string> | null,
  { why, hint }: { readonly why: string; readonly hint: string } = OTHER_FILES,
): MlctlError {
  const files = compareFiles(found.files, recorded, logged);
  const intact =
    recorded.payload === null ? undefined : found.files.some((file) => `sha256:${file.sha256}` === recorded.payload);
  const known = differencesOf(files);
  // Without the list, the payload's own digest still says whether it is the payload.
  const payload =
    intact === undefined
      ? ''
      : intact
        ? 'the payload is intact, another file was changed, added or removed'
        : 'the payload itself is not the one recorded';
  const where = [known, ...(known === '' || intact === false ? [payload] : []), why].filter((part) => part !== '');
  return new MlctlError(
    'INTEGRITY_MISMATCH',
    `the files of ${printable(what, 200)} are not the ones logged: ${[...where, `expected ${recorded.package}, found ${found.package}`].join('; ')}`,
    {
      hint,
      details: {
        expected: recorded.package,
        found: found.package,
        payload_intact: intact ?? null,
        files: files.slice(0, 50).map((file) => ({ ...file, path: printable(file.path, 120) })),
      },
    },
  );
}
