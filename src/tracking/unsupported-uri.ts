// Turns a tracking URI that mlctl cannot open into the error that says what it looks like, and what to write instead.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';

/** `localhost:5000`, `10.0.0.7`, `mlflow.example.org/path`, `mlflow:5000`: a server without its scheme. */
const HOST = /^(?:localhost|\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)+|[\w.-]+(?=:\d))(?::\d{1,5})?(?:\/.*)?$/i;
const DATABASE_FILE = /\.(?:db3?|sqlite3?)$/i;

interface Explained {
  /** The second half of the message. A password in the URI is not shown. */
  readonly what: string;
  readonly hint: string;
}

function explain(uri: string, cwd: string): Explained {
  const shown = printable(redactUri(uri), 150);
  if (/^\s*["'`]/.test(uri))
    return {
      what: 'has quotation marks around it',
      hint: 'remove them: docker --env-file keeps the quotes of a file as they are',
    };
  if (uri.trim() !== uri) return { what: 'begins or ends with a blank', hint: 'remove the blank' };
  if (/^(?:databricks|databricks-uc|uc)(?::.*)?$/i.test(uri))
    return {
      what: `"${shown}" names Databricks, which mlctl does not speak to`,
      hint: 'use sqlite:///mlflow.db, or an MLflow server: http://host:5000',
    };
  if (/^(?:https?|sqlite)(?![a-z])/i.test(uri))
    return { what: `"${shown}" is not complete`, hint: 'write http://host:port, or sqlite:///path.db' };
  const [, scheme] = /^([a-z][a-z0-9+.-]*):(?!\d+(?:\/|$))/i.exec(uri) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== 'file')
    return {
      what: `is of the kind ${JSON.stringify(scheme)}, which mlctl does not open`,
      hint: 'use sqlite:///path.db, or run an MLflow server over it and set MLFLOW_TRACKING_URI=http://host:port',
    };
  const facts = scheme === undefined ? statSync(resolve(cwd, uri), { throwIfNoEntry: false }) : undefined;
  if (facts?.isFile() || (scheme === undefined && DATABASE_FILE.test(uri)))
    return { what: `"${shown}" is the path of a file`, hint: `write sqlite:///${shown}` };
  if (scheme === undefined && facts === undefined && HOST.test(uri))
    return { what: `"${shown}" has no scheme`, hint: `did you mean http://${shown}?` };
  return {
    what: 'is a file store, which mlctl does not open',
    hint: 'MLflow no longer supports the file store: convert it (mlflow migrate-filestore --source ./mlruns --target sqlite:///mlflow.db), then set MLFLOW_TRACKING_URI=sqlite:///mlflow.db',
  };
}

export function unsupportedUri(uri: string, cwd: string): MlctlError {
  const { what, hint } = explain(uri, cwd);
  return new MlctlError('STORE_UNSUPPORTED', `the tracking URI ${what}`, { hint });
}
