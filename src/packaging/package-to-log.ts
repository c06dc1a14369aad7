// What `log` is given to make a package of, and the package that results.
import { MlctlError } from '../errors/error.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import type { PackageIds } from '../model/package-ids.js';
import type { GivenDialect } from '../rows/read-dialect.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';

/** An existing model and what the user says about it. */
export interface GivenModel {
  /** A .onnx file or a package folder. */
  readonly path: string;
  readonly inputExample?: string;
  /** Of the input example. */
  readonly dialect?: GivenDialect;
  readonly signature?: string;
  readonly noSignature?: boolean;
  /** How strictly the input example is checked against the signature. */
  readonly mode?: EnforcementMode;
}

export interface PackageToLog {
  readonly signature: Signature | null;
  readonly payload: string | null;
  /** `sha256:<hex>` of the file or of the package's files, as they were given and read. */
  readonly digest: string;
  /** It ran within limits, and its cost depends on the number of rows alone, so from now on it may run in the process. */
  readonly vouched: boolean;
  readonly build: (ids: PackageIds) => ReadonlyMap<string, FolderFile> | Promise<ReadonlyMap<string, FolderFile>>;
}

export function refuseNoSignature(what: string): never {
  throw new MlctlError(
    'SIGNATURE_MISSING',
    `"${printable(what, 150)}" has no signature: nothing could be checked before it predicts`,
    {
      hint: 'give rows with --input-example FILE, or a signature with --signature FILE; use --no-signature to log it without',
    },
  );
}
