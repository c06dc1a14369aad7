// Which packages mlctl trained, or scanned and ran within limits, on this machine, by digest: they may run in the process
// (contract §8.6). Nobody else can make a record: it is signed with a secret that only this user can read and lies in a folder
// that only this user can write to. A record says that exactly these bytes are known, and nothing about where they are.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '../files/remove-file.js';
import type { World } from '../world.js';
import { cacheFolder } from './fetch-package.js';

const DIGEST = /^sha256:([0-9a-f]{64})$/;
const KEY_FILE = 'key';
/** Applies to the key and to records. */
const BYTES = 32;

/** What nobody but this user can have made or changed. Windows has no such modes: there the user's profile protects it. */
function isOwn(facts: Stats): boolean {
  return process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o022) === 0);
}

function knownFolder(world: World): string {
  return join(cacheFolder(world), 'known');
}

/** A link, or a folder that others may write to, is not read. */
function isGuarded(folder: string): boolean {
  const facts = lstatSync(folder, { throwIfNoEntry: false });
  return facts?.isDirectory() === true && isOwn(facts);
}

/** Null for a link, a file with a second hard link, a file of another user, and one of another size. */
function readOwn(path: string): Buffer | null {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = fstatSync(file);
    if (!facts.isFile() || facts.nlink !== 1 || facts.size !== BYTES || !isOwn(facts)) return null;
    const bytes = Buffer.alloc(BYTES);
    return readSync(file, bytes, 0, BYTES, 0) === BYTES ? bytes : null;
  } finally {
    closeSync(file);
  }
}

/** Null if there is no valid one, for whatever reason. */
function tryToRead(path: string): Buffer | null {
  try {
    return readOwn(path);
  } catch {
    return null;
  }
}

function put(path: string, bytes: Buffer): void {
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
}

const sign = (key: Buffer, digest: string): Buffer =>
  createHmac('sha256', key).update(`mlctl/known/1 ${digest}`).digest();

/** Best effort: if the cache cannot be written, or is open to others, the package only runs in a process of its own later. */
export function rememberPackage(world: World, digest: string): void {
  const hex = DIGEST.exec(digest)?.[1];
  if (hex === undefined) return;
  const folder = knownFolder(world);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isGuarded(folder)) return;
    const keyFile = join(folder, KEY_FILE);
    if (tryToRead(keyFile) === null) put(keyFile, randomBytes(BYTES));
    const key = tryToRead(keyFile);
    if (key !== null) put(join(folder, hex), sign(key, digest));
  } catch {
    // The folder cannot be written to.
  }
}

export function isKnownPackage(world: World, digest: string): boolean {
  const hex = DIGEST.exec(digest)?.[1];
  const folder = knownFolder(world);
  try {
    if (hex === undefined || !isGuarded(folder)) return false;
  } catch {
    return false;
  }
  const record = tryToRead(join(folder, hex));
  const key = record && tryToRead(join(folder, KEY_FILE));
  return record !== null && key !== null && timingSafeEqual(record, sign(key, digest));
}
