// Turns a folder or a file that no store knows into the digests that are signed, and the signature files beside them.
import { lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { digestFolder, sha256OfFile } from '../files/digest-folder.js';
import { SIGNATURE_FILES } from '../signing/signature-names.js';
import type { SignatureFiles, SignedFile } from '../signing/types.js';
import { printable } from '../text/printable.js';

interface FolderToSign {
  /** Absolute. */
  readonly place: string;
  readonly name: string;
  /** It is one file and not a folder. */
  readonly single: boolean;
  readonly files: readonly SignedFile[];
}

const NAMES: readonly string[] = Object.values(SIGNATURE_FILES);

/** The files of a folder that holds its own signature. */
export const withoutSignature = <File extends SignedFile>(files: readonly File[]): readonly File[] =>
  files.filter(({ path }) => !NAMES.includes(path));

/** `besides`: the signature files in the folder are not a part of what is signed. Throws PATH_REFUSED for a link. */
export async function digestToSign(place: string, besides: boolean): Promise<FolderToSign> {
  const facts = lstatSync(place, { throwIfNoEntry: false });
  if (facts === undefined)
    throw new MlctlError('FILE_NOT_FOUND', `there is no file or folder "${printable(place)}"`, {
      hint: 'name a folder, or a model such as models:/NAME/VERSION',
    });
  const name = basename(resolve(place)) || 'model';
  if (facts.isFile())
    return { place, name, single: true, files: [{ path: basename(place), sha256: await sha256OfFile(place) }] };
  const { files } = await digestFolder(place, () => false, 'refuse');
  return { place, name, single: false, files: besides ? withoutSignature(files) : files };
}

/** Larger than any signature that can be read. */
const MOST_BYTES = 130 * 1024 * 1024;

function readIfThere(file: string): Uint8Array | null {
  const facts = lstatSync(file, { throwIfNoEntry: false });
  if (facts === undefined) return null;
  if (!facts.isFile() || facts.size > MOST_BYTES)
    throw new MlctlError('FILE_REFUSED', `"${printable(file)}" is not a signature file`, {
      hint: 'name the signature itself, and not a link to it',
    });
  return readFileSync(file);
}

/** The signature of a single file is beside it, with `.sig` after its name. */
export const signatureOfFile = (file: string): string => `${file}.sig`;

/** `place`: a folder that holds the signature files, or a signature file. Statements are looked for beside model.sig. */
export function readSignatureAt(place: string): SignatureFiles {
  const facts = lstatSync(place, { throwIfNoEntry: false });
  const folder = facts?.isDirectory() ? place : dirname(place);
  const file = facts?.isDirectory() ? join(place, SIGNATURE_FILES.signature) : place;
  const whole = basename(file) === SIGNATURE_FILES.signature;
  return {
    signature: readIfThere(file),
    provenance: whole ? readIfThere(join(folder, SIGNATURE_FILES.provenance)) : null,
    testResult: whole ? readIfThere(join(folder, SIGNATURE_FILES.testResult)) : null,
  };
}
