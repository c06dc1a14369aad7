// Turns a `sqlite:` tracking URI, read as SQLAlchemy reads it, into the absolute path of the file.
import { isAbsolute, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';

/** Settings of Python's driver that have no meaning here. */
const IGNORED = /^(timeout|check_same_thread|isolation_level|detect_types|cached_statements)$/;

/** `sqlite:///relative`, `sqlite:////absolute`; no percent-decoding; everything after `?` is settings. */
export function parseSqliteUri(uri: string, cwd: string): string {
  const match = /^sqlite(?:\+pysqlite)?:\/\/\/([^?]*)(?:\?(.*))?$/s.exec(uri);
  const path = match?.[1] ?? '';
  if (path === '' || path === ':memory:')
    throw new MlctlError('STORE_UNSUPPORTED', `the tracking URI ${JSON.stringify(uri)} does not name a file`, {
      hint: 'write sqlite:///relative/path.db or sqlite:////absolute/path.db',
    });
  for (const setting of (match?.[2] ?? '').split('&')) {
    const name = setting.split('=', 1)[0] ?? '';
    if (name !== '' && !IGNORED.test(name))
      throw new MlctlError(
        'STORE_UNSUPPORTED',
        `the setting ${JSON.stringify(name)} in the tracking URI ${JSON.stringify(uri)} is not supported`,
        {
          hint: 'remove everything from the ? on',
        },
      );
  }
  return storePath(isAbsolute(path) ? resolve(path) : resolve(cwd, path));
}

/** Python percent-decodes artifact paths, so below `a%41` it would look in `aA`. */
export function storePath(path: string): string {
  const bad = /%[0-9a-fA-F]{2}/.exec(path);
  if (bad)
    throw new MlctlError(
      'STORE_PATH_UNSUPPORTED',
      `the path ${JSON.stringify(path)} holds ${bad[0]}: Python MLflow would decode it and miss the files`,
      {
        hint: 'rename the folder, or work in another one',
      },
    );
  return path;
}
