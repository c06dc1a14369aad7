// Turns a variable of the environment into its typed value: the only way that settings are read. An empty one counts as unset.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import { SETTINGS, type Setting, type SettingName, type SettingValue } from './settings.js';

type Env = World['env'];

/** The first of these settings that is set, as it is spelt there; undefined where none is. */
export function givenAs(env: Env, ...names: readonly SettingName[]): string | undefined {
  return names
    .flatMap((name) => {
      const { lowerCase }: Setting<unknown> = SETTINGS[name];
      return lowerCase === true ? [name.toLowerCase(), name] : [name];
    })
    .find((spelt) => env[spelt] !== undefined && env[spelt] !== '');
}

/** As it was given, for people: check `secret` before showing it. */
export function givenText(env: Env, name: SettingName): string | undefined {
  const spelt = givenAs(env, name);
  return spelt === undefined ? undefined : env[spelt];
}

/** Throws CONFIG_INVALID for a text that its reader does not accept. */
export function readSetting<Name extends SettingName>(env: Env, name: Name): SettingValue<Name> {
  const { reader, secret } = SETTINGS[name] as unknown as Setting<SettingValue<Name>>;
  const given = givenText(env, name);
  if (given === undefined) return reader.unset;
  const value = reader.read(given);
  if (value !== undefined) return value;
  const found = secret === true ? '' : `, found ${JSON.stringify(printable(given, 60))}`;
  throw new MlctlError('CONFIG_INVALID', `${name} needs ${reader.expected}${found}`, {
    hint:
      reader.shown === null
        ? `correct ${name}, or unset it`
        : `correct ${name}, or unset it for its default, ${reader.shown}`,
    details: { variable: name, expected: reader.expected },
  });
}
