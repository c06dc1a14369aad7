// Turns the names of key files into keys. A key comes from a flag or the environment: never from the model, a registry or a
// configuration file.
import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { readGivenFile } from '../rows/read-given-file.js';
import { readSetting } from '../settings/read-setting.js';
import { readPrivateKey, readPublicKey, type SigningKey } from '../signing/keys.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

/** A PEM of the largest curve takes less than 1 KB. */
const MOST_BYTES = 64 * 1024;

async function readText(world: World, file: string): Promise<string> {
  try {
    return (await readGivenFile(resolve(world.cwd, file), world.signal, MOST_BYTES)).toString('utf8');
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new MlctlError(
      missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
      missing ? `there is no file "${printable(file)}"` : `"${printable(file)}" cannot be read`,
      { hint: 'name the file of the key', cause },
    );
  }
}

const realIfThere = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

/** `model`: a folder that is verified must not bring the key that it is verified with. */
export async function publicKeyOf(
  world: World,
  given: string | undefined,
  model: string | undefined,
): Promise<SigningKey> {
  const file = given ?? readSetting(world.env, 'MLCTL_PUBLIC_KEY');
  if (file === undefined)
    throw new MlctlError('USAGE', 'no public key was given, so there is nothing to verify the signature with', {
      hint: 'name the public key of who signed the model: --public-key FILE, or MLCTL_PUBLIC_KEY',
    });
  const [key, folder] = [resolve(world.cwd, file), resolve(world.cwd, model ?? '\0')].map(realIfThere);
  const inside = key == null || folder == null ? null : relative(folder, key);
  if (inside !== null && inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(inside) !== inside)
    throw new MlctlError(
      'KEY_REFUSED',
      `the public key "${printable(file)}" is in the folder that is verified, so it proves nothing`,
      { hint: 'get the public key from who signed the model, by another way' },
    );
  return readPublicKey(await readText(world, file), file);
}

/** The passphrase of a file is its first line. */
export async function passphraseOf(world: World, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return readSetting(world.env, 'MLCTL_SIGNING_PASSPHRASE');
  const [line = ''] = (await readText(world, file)).split(/\r?\n/);
  if (line === '')
    throw new MlctlError('KEY_REFUSED', `the first line of "${printable(file)}" is empty; expected a passphrase`, {
      hint: 'write the passphrase into the first line',
    });
  return line;
}

export async function signingKeyOf(
  world: World,
  given: string | undefined,
  passphraseFile: string | undefined,
): Promise<SigningKey> {
  const file = given ?? readSetting(world.env, 'MLCTL_SIGNING_KEY');
  if (file === undefined)
    throw new MlctlError('USAGE', 'no key was given to sign with; mlctl does not sign without a key (keyless)', {
      hint: 'name it with --key FILE or MLCTL_SIGNING_KEY, or make one: mlctl sign --new-key signing.key',
    });
  return readPrivateKey(await readText(world, file), file, await passphraseOf(world, passphraseFile));
}
