// Turns an error of the operating system into one of ours, by the one table of its codes.
import type { ErrorCode } from './codes.js';
import { MlctlError } from './error.js';

interface Facts {
  readonly code: ErrorCode;
  readonly words: string;
  readonly hint: string;
}

const unusable = (words: string, hint: string): Facts => ({ code: 'FILE_REFUSED', words, hint });
const unwritable = (words: string, hint: string): Facts => ({ code: 'FILE_WRITE_FAILED', words, hint });
const unreachable = (words: string): Facts => ({
  code: 'REMOTE_UNREACHABLE',
  words,
  hint: 'run it again; mlctl doctor shows which servers answer',
});

const SPACE = 'free some space, then run it again';
const PERMISSIONS = 'check the permissions of the path, and of the folders above it';
const WRITABLE = 'choose a folder that can be written';

export const SYSTEM_ERRORS: ReadonlyMap<string, Facts> = new Map([
  ['ENOENT', { code: 'FILE_NOT_FOUND', words: 'there is no such file or folder', hint: 'check the path' }],
  ['EACCES', unusable('permission denied', PERMISSIONS)],
  ['EPERM', unusable('permission denied', PERMISSIONS)],
  ['EISDIR', unusable('a folder is in the way', 'name a file, not a folder')],
  ['ENOTDIR', unusable('a part of the path is a file', 'name a folder, not a file')],
  ['EEXIST', unusable('something of that name is there already', 'move it away, or choose another name')],
  ['ENOTEMPTY', unusable('the folder is not empty', 'move its files away, or choose another name')],
  ['ELOOP', unusable('its links lead in a circle', 'replace the links by the file itself')],
  ['ENAMETOOLONG', unusable('the path is too long', 'choose a shorter path')],
  ['EMFILE', unusable('too many open files', 'raise the limit of open files (ulimit -n)')],
  ['ENFILE', unusable('too many open files on this machine', 'close some programs, then run it again')],
  ['EBUSY', unusable('it is in use', 'close what uses it, then run it again')],
  ['ETXTBSY', unusable('it is in use', 'close what uses it, then run it again')],
  ['ENXIO', unusable('nobody is at the other end', 'name a regular file')],
  ['ENODEV', unusable('it is on no device that can be read', 'name a regular file')],
  ['ESTALE', unusable('the network disk lost it', 'mount the disk again')],
  ['EIO', unusable('the disk reports an error', 'look at the log of the system (dmesg)')],
  ['EINVAL', unusable('the system does not take this request', 'try a file on another disk')],
  ['ENOTSUP', unusable('this disk cannot do it', 'try a file on another disk')],
  ['EOVERFLOW', unusable('the file is too large for this system', 'try a smaller file')],
  ['ENOMEM', unusable('there is not enough memory', 'close some programs, or raise the limit (ulimit -v)')],
  ['EAGAIN', unusable('the system has nothing free for it now', 'close some programs, or raise the limit (ulimit -u)')],
  ['ENOSPC', unwritable('the disk is full', SPACE)],
  ['EDQUOT', unwritable('the disk quota is used up', SPACE)],
  ['EFBIG', unwritable('the file is larger than allowed', 'raise the limit of file sizes (ulimit -f)')],
  ['EROFS', unwritable('the file system is read-only', WRITABLE)],
  ['EXDEV', unwritable('the place is on another device', WRITABLE)],
  ['EMLINK', unwritable('the folder has too many entries', WRITABLE)],
  ['EPIPE', unwritable('nobody reads it any more', 'run it again')],
  ['ECONNREFUSED', unreachable('nobody listens there')],
  ['ECONNRESET', unreachable('the other side ended the connection')],
  ['ETIMEDOUT', unreachable('the other side did not answer')],
  ['EHOSTUNREACH', unreachable('there is no way to that host')],
  ['ENETUNREACH', unreachable('there is no way to that network')],
  ['ENOTFOUND', unreachable('there is no host of that name')],
  ['EAI_AGAIN', unreachable('the name server does not answer')],
]);

/** Calls that create or change something: if they find nothing, it is a place to write to. */
const WRITES = new Set(
  'chmod copyfile fdatasync fsync ftruncate futime link mkdir mkdtemp rename rmdir symlink unlink utime write'.split(
    ' ',
  ),
);

/** Null if the error does not come from the system. */
export function systemError(error: unknown): MlctlError | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof syscall !== 'string' || !/^E[A-Z0-9_]+$/.test(code)) return null;
  const facts = SYSTEM_ERRORS.get(code) ?? unusable('the system refused it', 'run it again with MLCTL_DEBUG=1');
  const missing = code === 'ENOENT' && WRITES.has(syscall);
  return new MlctlError(
    missing ? 'FILE_WRITE_FAILED' : facts.code,
    `${syscall}${path ? ` "${path}"` : ''}: ${facts.words} (${code})`,
    {
      hint: missing ? 'check that the folder exists, and TMPDIR where it is set' : facts.hint,
      details: { system_code: code },
      cause: error,
    },
  );
}
