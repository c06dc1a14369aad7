// Every error code, its exit code (contract §3) and its one sentence for the docs. Codes are stable: never rename one.

/** Every exit code, the worst first: where several apply, the first of them wins. */
export const WORST_FIRST = [130, 143, 70, 2, 4, 6, 3, 7, 5, 1, 0] as const;

export type ExitCode = (typeof WORST_FIRST)[number];

export const worstExit = (codes: readonly ExitCode[]): ExitCode =>
  WORST_FIRST.find((code) => codes.includes(code)) ?? 0;

/** Exit codes whose reason lies outside of the model: settings, sign-in, a server, a bug. */
export const NOT_THE_MODEL: ReadonlySet<ExitCode> = new Set([2, 4, 6, 70]);

export interface CodeFacts {
  exit: Exclude<ExitCode, 0>;
  /** What happened, in one sentence; the reference docs are generated from it. */
  title: string;
}

export const ERROR_CODES = {
  // 2: usage or configuration
  USAGE: { exit: 2, title: 'The command line is wrong: an unknown command or flag, a missing or impossible value.' },
  CONFIG_INVALID: { exit: 2, title: 'A setting (environment variable or configuration file) has an impossible value.' },
  FILE_REFUSED: { exit: 2, title: 'A file or folder may not be read, or is of the wrong kind.' },
  RECIPE_INVALID: { exit: 2, title: 'The recipe has an unknown key, a missing key or an impossible value.' },
  URI_INVALID: { exit: 2, title: 'The text is not a model URI.' },
  ARTIFACTS_UNSUPPORTED: { exit: 2, title: 'No artifact store is known for this kind of location.' },
  SIGNATURE_MISSING: { exit: 2, title: 'The model has no signature and none was given.' },
  FILE_EXISTS: { exit: 2, title: 'The place to write to is already taken; nothing was overwritten.' },
  // A folder that cannot be written is a matter of set-up (permission, space), not of a remote: hence 2, not 6.
  FILE_WRITE_FAILED: {
    exit: 2,
    title: 'A file or folder could not be written (no space, no permission); nothing was left behind.',
  },
  COLUMN_NAME_UNUSABLE: {
    exit: 2,
    title: "A feature column has a name that a model cannot have: empty, there twice or an output's.",
  },
  STORE_UNSUPPORTED: { exit: 2, title: 'The tracking store is of a kind that mlctl does not open.' },
  STORE_PATH_UNSUPPORTED: {
    exit: 2,
    title: 'The path of the store holds % and two hex digits, which Python MLflow would decode into another folder.',
  },
  STORE_FILE_FAILED: { exit: 2, title: 'The store file could not be made, opened or written.' },
  STORE_REVISION_UNKNOWN: {
    exit: 2,
    title: 'The store file has a schema revision that mlctl does not know, so it is not written.',
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
  SEARCH_INVALID: { exit: 2, title: 'A filter, an order, a page size or a page token cannot be read.' },
  NAME_INVALID: { exit: 2, title: "A name breaks MLflow's rules for it." },
  VALUE_TOO_LONG: { exit: 2, title: 'A name or value is longer than MLflow keeps; it would be cut.' },
  VALUE_UNSTORABLE: { exit: 2, title: 'A text holds characters that the store cannot keep.' },
  PARAM_CONFLICT: { exit: 2, title: 'A param of the run already has another value.' },
  DATA_UNSUPPORTED: { exit: 2, title: 'Training cannot read its data from this kind of place or file.' },
  FILE_UNREADABLE: { exit: 2, title: 'A file is there and cannot be read.' },
  // 3: not found
  FILE_NOT_FOUND: { exit: 3, title: 'A file named on the command line or in a recipe does not exist.' },
  MODEL_NOT_FOUND: { exit: 3, title: 'The model URI names nothing.' },
  RUN_NOT_FOUND: { exit: 3, title: 'No run has this id.' },
  EXPERIMENT_NOT_FOUND: { exit: 3, title: 'No experiment has this name or id.' },
  EXPERIMENT_DELETED: { exit: 3, title: 'The experiment is deleted.' },
  VERSION_BEFORE_UNKNOWN: {
    exit: 3,
    title: 'The history does not tell which version a stage or an alias had before, so it is not rolled back.',
  },
  ARTIFACT_NOT_FOUND: { exit: 3, title: 'The artifact store has no file of this path.' },
  // 4: sign-in missing or refused
  UNAUTHENTICATED: { exit: 4, title: 'The server needs a sign-in, or refused the one given.' },
  PERMISSION_DENIED: { exit: 4, title: 'The server knows who asks and does not allow it.' },
  // 5: data breaks the schema
  DATA_INVALID: { exit: 5, title: 'The data cannot be read as a table.' },
  SCHEMA_VIOLATION: { exit: 5, title: 'The data breaks the signature; every finding is listed.' },
  // 6: remote unreachable, or the deadline passed
  REMOTE_UNREACHABLE: {
    exit: 6,
    title: 'The server could not be reached, or stopped answering, within the tries and the time there were.',
  },
  REMOTE_REFUSED: {
    exit: 6,
    title:
      'The server answered with something that cannot be worked with: an error of its own, a redirect to elsewhere, no JSON.',
  },
  HOST_HEADER_REFUSED: { exit: 6, title: 'The MLflow server does not accept the host name it was asked by.' },
  REMOTE_LIMIT: { exit: 6, title: 'The server answers without end: more pages or entries than any use explains.' },
  OFFLINE: { exit: 6, title: 'A server would have to be asked, and the network is off.' },
  DEADLINE_PASSED: { exit: 6, title: 'The deadline passed before the work was done.' },
  STORE_BUSY: { exit: 6, title: 'The store file stayed locked by another process.' },
  // 7: cannot be trusted or run here
  INTEGRITY_MISMATCH: { exit: 7, title: 'The bytes differ from the recorded digest.' },
  MODEL_MALFORMED: { exit: 7, title: 'The model file is damaged, cut off or not of the kind its package says.' },
  MODEL_HOSTILE: {
    exit: 7,
    title: 'The model file reaches outside its package, lies about its sizes or asks for more than is allowed.',
  },
  MODEL_UNSUPPORTED: { exit: 7, title: 'The model, or a part of it, is of a kind that mlctl cannot run or write.' },
  MODEL_TIMEOUT: { exit: 7, title: 'The model did not answer before its deadline and was ended.' },
  MODEL_CRASHED: { exit: 7, title: 'The process that ran the model died.' },
  MODEL_FAILED: { exit: 7, title: 'The model refused the rows, or did not answer one row for each.' },
  RUNTIME_MISSING: { exit: 7, title: 'There is no ONNX Runtime for this platform.' },
  SIGNATURE_INVALID: { exit: 7, title: 'The signature is malformed: MLflow itself would not read it.' },
  PACKAGE_INVALID: { exit: 7, title: 'The folder is not a well-formed MLflow model package.' },
  PATH_REFUSED: { exit: 7, title: 'A path leaves its folder, or clashes with another, in some spelling.' },
  LIMIT_EXCEEDED: { exit: 7, title: 'A model, file list or file is larger than mlctl accepts.' },
  // 70
  BUG: { exit: 70, title: 'A bug in mlctl.' },
  // 130 / 143
  INTERRUPTED: { exit: 130, title: 'Interrupted by Ctrl-C (SIGINT).' },
  TERMINATED: { exit: 143, title: 'Ended by SIGTERM.' },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
