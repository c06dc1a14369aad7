// Turns the path of a store that is not there into the error that says where it was looked for, and where the nearest one is.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { MlctlError } from '../../../errors/error.js';
import { asTyped } from '../../../text/as-typed.js';
import { nearestNames } from '../../../text/nearest-names.js';
import { printable } from '../../../text/printable.js';
import { backupPath } from './backup.js';

/** How far up a store is looked for. */
const MOST_LEVELS = 20;

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile() && facts.size > 0,
    () => false,
  );

/** As it can be typed here: `./mlflow.db`, `../mlflow.db`, or the whole path. */
function asSeen(path: string, cwd: string): string {
  const near = relative(cwd, path);
  if (near.split(sep).filter((part) => part === '..').length > 3) return path;
  return near.startsWith('..') ? near : `.${sep}${near}`;
}

/** A file of nearly this name in the same folder, else one of this name in a folder above. */
async function nearestStore(path: string): Promise<string | null> {
  const name = basename(path);
  const names = (await readdir(dirname(path)).catch(() => [])).filter(
    (one) => one !== name && /\.(?:db|sqlite3?)$/.test(one),
  );
  for (const near of nearestNames(name, names))
    if (await isFile(join(dirname(path), near))) return join(dirname(path), near);
  let folder = dirname(path);
  for (let level = 0; level < MOST_LEVELS && dirname(folder) !== folder; level += 1) {
    folder = dirname(folder);
    if (await isFile(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** The default is a file in this folder, so another folder is the other way to name another file. */
function hintOf(path: string, near: string, cwd: string): string {
  const named = `export MLFLOW_TRACKING_URI=sqlite:///${printable(near, 300)}`;
  const moves = dirname(path) === cwd && dirname(near) !== cwd && basename(path) === basename(near);
  return moves ? `cd ${asTyped(dirname(asSeen(near, cwd)))}, or: ${named}` : named;
}

export async function noStoreAt(path: string, cwd: string): Promise<MlctlError> {
  const shown = printable(asSeen(path, cwd), 300);
  const isEmpty = await stat(path).then(
    () => true,
    () => false,
  );
  const message = isEmpty ? `the store at ${shown} is empty` : `there is no store at ${shown}`;
  if (await isFile(backupPath(path)))
    return new MlctlError('STORE_NOT_FOUND', `${message}, but its copy is there`, {
      hint: 'mlctl doctor --repair',
      details: { path: printable(path) },
    });
  const near = await nearestStore(path);
  return new MlctlError(
    'STORE_NOT_FOUND',
    near === null ? message : `${message}; the nearest is ${printable(asSeen(near, cwd), 300)}`,
    {
      hint:
        near === null
          ? 'check the folder and MLFLOW_TRACKING_URI, or make a store: mlctl train'
          : hintOf(path, near, cwd),
      details: { path: printable(path), nearest: near === null ? null : printable(near) },
    },
  );
}
