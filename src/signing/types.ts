// What was signed, what a signature binds it to, and the verdict on both.

/** A file of the package: POSIX path, SHA-256 in lower-case hex. */
export interface SignedFile {
  readonly path: string;
  readonly sha256: string;
}

/** What a package is, beyond its bytes. All are null for a folder that no store knows. */
export interface Binding {
  readonly name: string | null;
  readonly version: number | null;
  readonly run_id: string | null;
}

/** The files of a signature as they are stored; null if there is none. */
export interface SignatureFiles {
  readonly signature: Uint8Array | null;
  readonly provenance: Uint8Array | null;
  readonly testResult: Uint8Array | null;
}

type SignaturePartName = 'signature' | 'files' | 'provenance' | 'test_result';

/** One part of a signature, and whether it holds. */
export interface SignaturePart {
  readonly part: SignaturePartName;
  /** `skip`: it could not be judged, or there is nothing to judge. */
  readonly status: 'pass' | 'fail' | 'skip';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What is said of the package by one who holds the key, as it was signed. */
export type Statement = Readonly<Record<string, unknown>>;

/** Whether the signature of a model holds, and what was found. */
export interface SignatureVerdict {
  /** No part failed. */
  readonly valid: boolean;
  /** SHA-256 of the public key's PEM text: the key that the signature was compared with. */
  readonly key: string;
  /** `sha256:` of the digests of all files, as the signature has it; null if it is not valid. */
  readonly root: string | null;
  /** The number of files that were signed. */
  readonly files: number;
  readonly parts: readonly SignaturePart[];
  /** What the provenance binds the files to; null if there is none that is valid. */
  readonly bound: Binding | null;
  readonly provenance: Statement | null;
  readonly test_result: Statement | null;
}
