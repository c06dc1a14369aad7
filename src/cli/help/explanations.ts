// Says of every error code what usually causes it and what to type then; `explain` and docs/error-codes.md are made from it.
import type { ErrorCode } from '../../errors/codes.js';

interface Explanation {
  /** Usual causes, the most frequent first. */
  readonly causes: string;
  /** What to type or do. */
  readonly next: string;
}

const because = (causes: string, next: string): Explanation => ({ causes, next });

export const EXPLANATIONS: Readonly<Record<ErrorCode, Explanation>> = {
  CONVERSION_DIFFERS: because(
    'a model that computes in float32, or a row on the edge between two answers',
    'run the model by its own file, or accept the difference that the error names with `mlctl convert --tolerance NUMBER`',
  ),
  VERSION_REFUSED: because(
    'a version was moved to the stage or alias without smoke, or with `--allow-signature-change`',
    '`mlctl smoke models:/NAME/VERSION`, then `mlctl rollback` or promote a better version',
  ),
  USAGE: because(
    'a typing mistake, or two options that exclude each other',
    '`mlctl help COMMAND` shows what it takes',
  ),
  CONFIG_INVALID: because(
    'a number or a word that the setting does not take, or a wrong key in mlctl.config.json',
    '`mlctl doctor` shows each setting and where it comes from',
  ),
  FILE_REFUSED: because(
    'a folder where a file is needed, a device, or missing permission',
    '`ls -l FILE`, then name a file',
  ),
  RECIPE_INVALID: because(
    'a misspelt key, a value of the wrong type, or a step that does not fit the data',
    'correct the lines that the error names; `mlctl train RECIPE --dry-run` checks it again',
  ),
  URI_INVALID: because('a missing version, stage or alias, or a missing slash', '`mlctl help uris` lists every form'),
  ARTIFACTS_UNSUPPORTED: because(
    'the experiment keeps its files in a store such as gs:// or hdfs://',
    'use a server that serves artifacts (`mlflow server --serve-artifacts`), S3 or a folder',
  ),
  SIGNATURE_MISSING: because(
    'the model was logged without an input example and without a signature',
    '`mlctl log PATH --input-example rows.csv`, or `--signature FILE`',
  ),
  FILE_EXISTS: because('the folder was written by an earlier run', 'name another folder, or remove that one'),
  FILE_WRITE_FAILED: because(
    'a full disk, a read-only folder, or a folder that does not exist',
    '`df -h` and `ls -ld FOLDER`',
  ),
  COLUMN_NAME_UNUSABLE: because(
    'a CSV header with an empty or repeated name, or a feature called label or prediction',
    'rename the column in the data, or drop it with data.drop',
  ),
  STORE_UNSUPPORTED: because(
    'MLFLOW_TRACKING_URI names PostgreSQL, MySQL or databricks',
    'start `mlflow server` on that database, and set MLFLOW_TRACKING_URI=http://HOST:PORT',
  ),
  STORE_PATH_UNSUPPORTED: because('a folder whose name has a part such as %20', 'move the store to another folder'),
  STORE_NOT_FOUND: because(
    'the command ran in another folder than train, or MLFLOW_TRACKING_URI has a typing error',
    'go to the folder of the store, or set MLFLOW_TRACKING_URI; `mlctl doctor` says where mlctl looks',
  ),
  STORE_FILE_FAILED: because('missing permission, or a folder that does not exist', '`mlctl doctor`'),
  STORE_REVISION_UNKNOWN: because(
    'a newer Python MLflow upgraded the file',
    'update mlctl, or use a server of that MLflow',
  ),
  STORE_HALF_MIGRATED: because('Python MLflow was killed while it upgraded the file', '`mlctl doctor --repair`'),
  STORE_DAMAGED: because('a full disk, a crash, or a file that is not a database', '`mlctl doctor --repair`'),
  FILE_STORE_FOUND: because(
    'the folder was made by an MLflow before 3',
    '`mlflow migrate-filestore --source ./mlruns --target sqlite:///mlflow.db` in Python',
  ),
  SEARCH_INVALID: because(
    'a filter with a bare name or without quotes',
    '`mlctl runs --filter "metrics.val_acc > 0.9"`',
  ),
  NAME_INVALID: because('a slash, a colon or a control character in the name', 'choose letters, digits, - and _'),
  VALUE_TOO_LONG: because('a whole text given as a param or a tag', 'log it as a file: `mlctl log … --artifact FILE`'),
  VALUE_UNSTORABLE: because('a NUL or half of a character pair in a text', 'clean the text'),
  PARAM_CONFLICT: because(
    'a second model logged into a run with other params',
    'log into a new run: leave out --run-id',
  ),
  DATA_UNSUPPORTED: because(
    'a spreadsheet, an archive or an address that is not S3',
    'save the table as CSV or Parquet',
  ),
  FILE_UNREADABLE: because('missing permission, or a folder where a file is needed', '`ls -l FILE`'),
  RUN_AMBIGUOUS: because('the beginning of the id is too short', 'type more of it; `mlctl runs` lists the ids'),
  KEY_REFUSED: because(
    'an RSA or Ed25519 key, a private key in the place of a public one, or a wrong passphrase',
    '`mlctl sign --new-key FILE` makes a key of the right kind',
  ),
  FILE_NOT_FOUND: because(
    'a path that is relative to another folder',
    '`ls`; paths in a recipe are relative to the recipe',
  ),
  MODEL_NOT_FOUND: because('a misspelt name, or another store than you think', '`mlctl models`, then `mlctl doctor`'),
  RUN_NOT_FOUND: because('another store than you think', '`mlctl runs`; check MLFLOW_TRACKING_URI'),
  EXPERIMENT_NOT_FOUND: because(
    'a misspelt name, or another store than you think',
    '`mlctl runs` shows the experiments',
  ),
  EXPERIMENT_DELETED: because(
    'somebody deleted the experiment',
    '`mlflow experiments restore` in Python, or choose another name',
  ),
  VERSION_BEFORE_UNKNOWN: because(
    'the first version, or a move by a client that keeps no history',
    '`mlctl rollback NAME --alias ALIAS --to VERSION`',
  ),
  ARTIFACT_NOT_FOUND: because(
    'a misspelt path, or a run that never uploaded it',
    '`mlctl artifacts RUN` lists the files',
  ),
  UNAUTHENTICATED: because(
    'MLFLOW_TRACKING_TOKEN or _USERNAME and _PASSWORD are not set, or have expired',
    '`mlctl doctor` shows which sign-in is used',
  ),
  PERMISSION_DENIED: because('this user may read but not write, or not this model', 'ask the owner of the server'),
  DATA_INVALID: because(
    'a broken line, another separator or encoding, or a target that does not fit',
    'correct the line that is named',
  ),
  SCHEMA_VIOLATION: because(
    'a missing or misspelt column, a text in a column of numbers, or an empty required cell',
    '`mlctl validate URI -i FILE` counts every finding',
  ),
  REMOTE_UNREACHABLE: because('a server that is not running, a wrong port, a proxy or a firewall', '`mlctl doctor`'),
  REMOTE_REFUSED: because(
    'an address that is not an MLflow server, or a fault in the server',
    'open the address in a browser',
  ),
  HOST_HEADER_REFUSED: because(
    'the server was started without this host name',
    'start `mlflow server` with this host and port among its allowed hosts',
  ),
  REMOTE_LIMIT: because(
    'a fault in the server, or a store of unusual size',
    'narrow the question with --filter or --experiment',
  ),
  OFFLINE: because('--offline or MLCTL_OFFLINE is set', 'leave it out, or use a local store'),
  DEADLINE_PASSED: because('a slow server or a large transfer', '`--timeout 600`; `mlctl doctor` shows what is slow'),
  MODEL_BUSY: because('more calls at once than the model answers in time', 'call again later, or use more workers'),
  STORE_BUSY: because('another process writes to the file for a long time', 'run it again, or end the other process'),
  INTEGRITY_MISMATCH: because(
    'a file of the package was changed, added or removed after it was logged',
    'do not use these files; fetch the model again, or log it again from a source you trust',
  ),
  MODEL_MALFORMED: because(
    'a download that was cut off, or a Git LFS pointer instead of the file',
    'fetch the file again',
  ),
  MODEL_HOSTILE: because(
    'external data outside of the folder, or sizes that do not add up',
    'do not use the file; ask who made it',
  ),
  MODEL_UNSUPPORTED: because(
    'a flavor other than onnx, or an operator that ONNX Runtime does not know',
    'convert the model to ONNX where it was made, then `mlctl log model.onnx`',
  ),
  MODEL_TIMEOUT: because('a large model, or one that never ends', '`--timeout 600`, if you trust it'),
  MODEL_CRASHED: because('too little memory, or a fault in the runtime', '`mlctl smoke URI` shows at which check'),
  MODEL_FAILED: because('a shape or a value that the graph does not take', '`mlctl load URI` prints its signature'),
  RUNTIME_MISSING: because(
    'a platform without ONNX Runtime, or an install without its library',
    '`mlctl doctor`, then `npm ci`',
  ),
  SIGNATURE_REFUSED: because(
    'files that changed after they were signed, a version that nobody signed, or the public key of somebody else',
    '`mlctl verify URI --public-key FILE` shows each part; ask who signed the model',
  ),
  SIGNATURE_INVALID: because(
    'a signature that was written by hand',
    'correct it, or leave it out and give --input-example',
  ),
  PACKAGE_INVALID: because(
    'a folder without MLmodel, or one that was copied in part',
    'name the folder that holds MLmodel',
  ),
  BUNDLE_INVALID: because(
    'a folder that `mlctl audit --bundle` did not write, or a file in it that was damaged',
    'make the bundle again: `mlctl audit URI --bundle FOLDER`',
  ),
  PATH_REFUSED: because('a name with .. or a backslash in a list of files', 'do not use the model; ask who made it'),
  LIMIT_EXCEEDED: because('a file or a list far larger than models have', 'check that it is the right file'),
  BUG: because('a fault in mlctl', 'report the lines that the error prints, with MLCTL_DEBUG=1'),
  INTERRUPTED: because('Ctrl-C', 'run it again; a run that was begun is marked as KILLED'),
  TERMINATED: because(
    'the system or a CI job ended the process',
    'run it again; a run that was begun is marked as KILLED',
  ),
};
