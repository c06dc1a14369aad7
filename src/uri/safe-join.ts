// Turns a path named by a server, a package or a user's artifact list into a place inside a folder, or refuses it. All rooms use
// this one function. MLflow has fixed path escapes one spelling at a time at least nine times; this denies by default.
import { join, relative, resolve, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { isPrintable, printable } from '../text/printable.js';

/** Contract §7. */
export const MAX_PATH_LEVELS = 64;
const MAX_PATH_BYTES = 4000;
/** The longest name that ext4, APFS and NTFS allow. */
const MAX_NAME_BYTES = 255;

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;
/** Zero-width joiners are part of how some languages and emoji are written. */
const JOINERS = /[\u200c\u200d]/g;

/** Text after percent-decoding until nothing changes. A later decoder may do the same, so its result must be harmless, too. */
function fullyDecoded(text: string): string {
  let now = text;
  for (let round = 0; round < 8 && now.includes('%'); round++) {
    const next = now.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (next === now) break;
    now = next;
  }
  return now;
}

function faultOfSegment(segment: string, platform: string): string | null {
  if (segment === '') return 'has an empty part';
  if (segment === '.' || segment === '..') return `has the part "${segment}"`;
  if (Buffer.byteLength(segment) > MAX_NAME_BYTES) return `has a name of more than ${MAX_NAME_BYTES} bytes`;
  if (!isPrintable(segment.replace(JOINERS, ''))) return 'holds control or invisible characters';
  if (/[. ]$/.test(segment)) return 'has a part ending in a dot or a space';
  if (/^ /.test(segment)) return 'has a part starting with a space';
  // Fullwidth and one-dot-leader look-alikes become "." and "/" if a later program normalises them.
  const seen = fullyDecoded(segment).normalize('NFKC');
  if (/[/\\\u2044\u2215\u29f5\u29f8\u29f9\ufe68]/.test(seen)) return 'hides a separator';
  if (/^[. ]+$/.test(seen)) return 'hides a step upwards';
  if (/[\u0000-\u001f\u007f]/.test(seen)) return 'hides a control character';
  if (platform === 'win32' && (/[<>:"|?*]/.test(segment) || WINDOWS_DEVICE.test(segment)))
    return 'is not a name on Windows';
  return null;
}

/** Why a relative POSIX path is refused; null if it stays inside any folder it is joined to. */
export function faultOfPath(path: string, platform: string = process.platform): string | null {
  if (path === '') return 'is empty';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `is longer than ${MAX_PATH_BYTES} bytes`;
  if (path.startsWith('/')) return 'is absolute';
  if (path.includes('\\')) return 'holds a backslash';
  if (/^[A-Za-z]:/.test(path)) return 'starts with a drive letter';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\//.test(path)) return 'starts with a scheme';
  if (path.startsWith('~')) return 'starts with a home folder sign';
  const segments = path.split('/');
  if (segments.length > MAX_PATH_LEVELS) return `is deeper than ${MAX_PATH_LEVELS} levels`;
  for (const segment of segments) {
    const fault = faultOfSegment(segment, platform);
    if (fault) return fault;
  }
  return null;
}

/** Throws PATH_REFUSED unless the relative POSIX path stays inside; returns it unchanged and never decoded. */
export function safePath(path: string): string {
  const fault = faultOfPath(path);
  if (fault) {
    throw new MlctlError(
      'PATH_REFUSED',
      `the path "${printable(path, 120)}" ${fault}; expected a relative path inside its folder`,
      {
        hint: 'nothing was written; if this name came from a server, treat that server or model as hostile',
        details: { path: printable(path), fault },
      },
    );
  }
  return path;
}

/** The absolute local path of `serverPath` under `root`. Throws PATH_REFUSED for anything that could be elsewhere. */
export function safeJoin(root: string, serverPath: string): string {
  const base = resolve(root);
  const joined = join(base, ...safePath(serverPath).split('/'));
  const back = relative(base, joined);
  if (back === '' || back === '..' || back.startsWith(`..${sep}`)) {
    throw new MlctlError('PATH_REFUSED', `the path "${printable(serverPath, 120)}" leaves its folder`);
  }
  return joined;
}
