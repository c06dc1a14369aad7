// Lists every error code with its exit code (contract §3) and one sentence for the docs. Codes are stable: never rename one.

/** Every exit code, the worst first: where several apply, the first of them wins. */
export const WORST_FIRST = [130, 143, 70, 2, 4, 6, 3, 7, 5, 1, 0] as const;

export type ExitCode = (typeof WORST_FIRST)[number];

export const worstExit = (codes: readonly ExitCode[]): ExitCode =>
  WORST_FIRST.find((code) => codes.includes(code)) ?? 0;

/** Exit codes whose reason lies outside of the model: settings, sign-in, a server, a bug. */
export const NOT_THE_MODEL: ReadonlySet<ExitCode> = new Set([2, 4, 6, 70]);

/** What is fixed for an error code. */
export interface CodeFacts {
  exit: Exclude<ExitCode, 0>;
  /** What happened, in one sentence; the reference docs are generated from it. */
  title: string;
}

/**
 * Every error code with its exit code and what it means.
 *
 * @example
 * const { exit, title } = ERROR_CODES.MODEL_TIMEOUT; // 7
 */
export const ERROR_CODES = {
  // 1: it ran to the end, and the answer is no
  CONVERSION_DIFFERS: {
    exit: 1,
    title: 'The ONNX graph does not answer as the model does, so no package was written.',
  },
  VERSION_REFUSED: {
    exit: 1,
    title:
      'The version that a watched stage or alias points to did not pass smoke, or its signature breaks callers; the version before it still answers.',
  },
  // 2: usage or configuration
  USAGE: { exit: 2, title: 'The command line is wrong: an unknown command or flag, or a missing or invalid value.' },
  CONFIG_INVALID: { exit: 2, title: 'A setting (environment variable or configuration file) has an invalid value.' },
  FILE_REFUSED: { exit: 2, title: 'A file or folder may not be read, or is of the wrong kind.' },
  RECIPE_INVALID: { exit: 2, title: 'The recipe has an unknown key, a missing key or an invalid value.' },
  URI_INVALID: { exit: 2, title: 'The text is not a model URI.' },
  ARTIFACTS_UNSUPPORTED: { exit: 2, title: 'mlctl has no artifact store for this kind of location.' },
  SIGNATURE_MISSING: { exit: 2, title: 'The model has no signature, and none was given.' },
  FILE_EXISTS: { exit: 2, title: 'The file or folder to write already exists; nothing was overwritten.' },
  // A folder that cannot be written is a matter of set-up (permission, space), not of a remote: hence 2, not 6.
  FILE_WRITE_FAILED: {
    exit: 2,
    title: 'A file or folder could not be written (no space or no permission); no partial file was left.',
  },
  COLUMN_NAME_UNUSABLE: {
    exit: 2,
    title: 'A feature column has a name that a model cannot use: it is empty, repeated or the name of an output.',
  },
  STORE_UNSUPPORTED: { exit: 2, title: 'mlctl does not open this kind of tracking store.' },
  STORE_PATH_UNSUPPORTED: {
    exit: 2,
    title: 'The path of the store contains % and two hex digits, which Python MLflow would decode to another folder.',
  },
  STORE_NOT_FOUND: { exit: 3, title: 'There is no store of runs at this place.' },
  STORE_FILE_FAILED: { exit: 2, title: 'The store file could not be created, opened or written.' },
  STORE_REVISION_UNKNOWN: {
    exit: 2,
    title: 'The store file has a schema revision that mlctl does not know, so mlctl does not write to it.',
  },
  STORE_HALF_MIGRATED: {
    exit: 2,
    title: 'An upgrade of the store file by Python MLflow was interrupted; it can be repaired.',
  },
  STORE_DAMAGED: { exit: 2, title: 'The store file is not a readable SQLite database.' },
  FILE_STORE_FOUND: {
    exit: 2,
    title: 'The folder holds an MLflow file store (mlruns/), which MLflow no longer supports.',
  },
  SEARCH_INVALID: { exit: 2, title: 'A filter, a sort order, a page size or a page token is invalid.' },
  NAME_INVALID: { exit: 2, title: "A name breaks MLflow's rules for names." },
  VALUE_TOO_LONG: { exit: 2, title: 'A name or value is longer than MLflow keeps, so MLflow would cut it.' },
  VALUE_UNSTORABLE: { exit: 2, title: 'A text contains characters that the store cannot keep.' },
  PARAM_CONFLICT: { exit: 2, title: 'A param of the run already has another value.' },
  DATA_UNSUPPORTED: { exit: 2, title: 'Training cannot read data from this kind of location or file.' },
  FILE_UNREADABLE: { exit: 2, title: 'A file exists but cannot be read.' },
  RUN_AMBIGUOUS: { exit: 2, title: 'Several runs begin with this id; more of it is needed.' },
  KEY_REFUSED: {
    exit: 2,
    title: 'A signing key or a public key cannot be read, or is of a kind that models are not signed with.',
  },
  // 3: not found
  FILE_NOT_FOUND: { exit: 3, title: 'A file named on the command line or in a recipe does not exist.' },
  MODEL_NOT_FOUND: { exit: 3, title: 'The model URI does not lead to a model.' },
  RUN_NOT_FOUND: { exit: 3, title: 'No run has this id.' },
  EXPERIMENT_NOT_FOUND: { exit: 3, title: 'No experiment has this name or id.' },
  EXPERIMENT_DELETED: { exit: 3, title: 'The experiment is deleted.' },
  VERSION_BEFORE_UNKNOWN: {
    exit: 3,
    title: 'The history does not say which version a stage or an alias had before, so it was not rolled back.',
  },
  ARTIFACT_NOT_FOUND: { exit: 3, title: 'The artifact store has no file with this path.' },
  // 4: sign-in missing or refused
  UNAUTHENTICATED: { exit: 4, title: 'The server needs a sign-in, or refused the one it was given.' },
  PERMISSION_DENIED: { exit: 4, title: 'The server accepted the sign-in, but this user has no permission.' },
  // 5: data breaks the schema
  DATA_INVALID: { exit: 5, title: 'The data cannot be read as a table.' },
  SCHEMA_VIOLATION: { exit: 5, title: 'The data breaks the signature; every finding is listed.' },
  // 6: a server is unreachable, or the deadline passed
  REMOTE_UNREACHABLE: {
    exit: 6,
    title: 'The server could not be reached or stopped answering, after all retries.',
  },
  REMOTE_REFUSED: {
    exit: 6,
    title:
      'The server sent an answer that mlctl cannot use: a server error, a redirect to another place, or a body that is not JSON.',
  },
  HOST_HEADER_REFUSED: { exit: 6, title: 'The MLflow server rejects the Host header of the request.' },
  REMOTE_LIMIT: { exit: 6, title: 'The server keeps sending pages: more pages or entries than mlctl reads.' },
  OFFLINE: { exit: 6, title: 'This needs a server, but the network is switched off.' },
  DEADLINE_PASSED: { exit: 6, title: 'The deadline passed before the work was done.' },
  MODEL_BUSY: { exit: 6, title: 'More calls wait for the model than the program allows.' },
  STORE_BUSY: { exit: 6, title: 'The store file stayed locked by another process.' },
  // 7: cannot be trusted, or cannot run here
  INTEGRITY_MISMATCH: { exit: 7, title: 'The files differ from the recorded digest.' },
  MODEL_MALFORMED: { exit: 7, title: 'The model file is damaged, cut off or not the kind that its package says.' },
  MODEL_HOSTILE: {
    exit: 7,
    title: 'The model file reaches outside its package, declares false sizes or asks for more than mlctl allows.',
  },
  MODEL_UNSUPPORTED: { exit: 7, title: 'mlctl cannot run or write this kind of model, or a part of it.' },
  MODEL_TIMEOUT: { exit: 7, title: 'The model did not answer before its deadline, so it was stopped.' },
  MODEL_CRASHED: { exit: 7, title: 'The process that ran the model died.' },
  MODEL_FAILED: { exit: 7, title: 'The model refused the rows, or did not return one row for each input row.' },
  RUNTIME_MISSING: {
    exit: 7,
    title:
      'What runs the model is missing: ONNX Runtime for this platform, or MLflow and its libraries in your Python.',
  },
  SIGNATURE_REFUSED: {
    exit: 7,
    title:
      'The cryptographic signature of a model is missing or malformed, was made with another key, or is about other files, another version or another run.',
  },
  SIGNATURE_INVALID: { exit: 7, title: 'The signature is malformed; MLflow could not read it either.' },
  PACKAGE_INVALID: { exit: 7, title: 'The folder is not a well-formed MLflow model package.' },
  BUNDLE_INVALID: {
    exit: 7,
    title:
      'The folder is not a bundle of an audit that this mlctl reads: audit.json is missing, damaged or of another form.',
  },
  PATH_REFUSED: { exit: 7, title: 'A path leads out of its folder, or collides with another path.' },
  LIMIT_EXCEEDED: { exit: 7, title: 'A model, file list or file is larger than mlctl accepts.' },
  // 70
  BUG: { exit: 70, title: 'A bug in mlctl.' },
  // 130 / 143
  INTERRUPTED: { exit: 130, title: 'Interrupted by Ctrl-C (SIGINT).' },
  TERMINATED: { exit: 143, title: 'Terminated by SIGTERM.' },
} as const satisfies Record<string, CodeFacts>;

/** The code of an error: stable, for programs. */
export type ErrorCode = keyof typeof ERROR_CODES;
