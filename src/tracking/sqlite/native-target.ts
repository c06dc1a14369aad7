// The name of libsql's native package for this machine; takes the place of its own loader in the bundle (scripts/build.mjs).
import { existsSync, readFileSync } from 'node:fs';

export const GLIBC = 'glibc';
export const MUSL = 'musl';

/** Found by files on disk: `ldd` is a script of the C library and names it; musl's loader has a name of its own. */
export function familySync(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const text = readFileSync('/usr/bin/ldd', 'latin1');
    if (text.includes('musl')) return MUSL;
    if (/GNU C Library|GLIBC/i.test(text)) return GLIBC;
  } catch {
    // slim images have no ldd
  }
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return existsSync(`/lib/ld-musl-${arch}.so.1`) ? MUSL : GLIBC;
}

export function currentTarget(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  if (platform === 'linux' && arch === 'arm') return 'linux-arm-gnueabihf';
  if (platform === 'linux') return `linux-${arch}-${familySync() === MUSL ? 'musl' : 'gnu'}`;
  return `${platform}-${arch}`;
}

/** Only libsql's own developers load from a folder. */
export function load(): never {
  throw new Error('LIBSQL_JS_DEV is not supported here');
}
