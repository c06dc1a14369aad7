// Every error code, its exit code (contract §3) and its one sentence for the docs. Codes are stable: never rename one.

export interface CodeFacts {
  exit: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 70 | 130 | 143;
  /** What happened, in one sentence; the reference docs are generated from it. */
  title: string;
}

export const ERROR_CODES = {
  // 2: usage or configuration
  USAGE: { exit: 2, title: 'The command line is wrong: an unknown command or flag, a missing or impossible value.' },
  CONFIG_INVALID: { exit: 2, title: 'A setting (environment variable or configuration file) has an impossible value.' },
  RECIPE_INVALID: { exit: 2, title: 'The recipe has an unknown key, a missing key or an impossible value.' },
  // 3: not found
  FILE_NOT_FOUND: { exit: 3, title: 'A file named on the command line or in a recipe does not exist.' },
  MODEL_NOT_FOUND: { exit: 3, title: 'The model URI names nothing.' },
  RUN_NOT_FOUND: { exit: 3, title: 'No run has this id.' },
  EXPERIMENT_NOT_FOUND: { exit: 3, title: 'No experiment has this name or id.' },
  // 5: data breaks the schema
  DATA_INVALID: { exit: 5, title: 'The data cannot be read as a table.' },
  SCHEMA_VIOLATION: { exit: 5, title: 'The data breaks the signature; every finding is listed.' },
  // 7: cannot be trusted or run here
  INTEGRITY_MISMATCH: { exit: 7, title: 'The bytes differ from the recorded digest.' },
  PACKAGE_INVALID: { exit: 7, title: 'The folder is not a well-formed MLflow model package.' },
  // 70
  BUG: { exit: 70, title: 'A bug in mlctl.' },
  // 130 / 143
  INTERRUPTED: { exit: 130, title: 'Interrupted by Ctrl-C (SIGINT).' },
  TERMINATED: { exit: 143, title: 'Ended by SIGTERM.' },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
