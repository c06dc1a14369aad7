// Turns a variable of the environment into its typed value. All settings are read here. An empty one counts as unset.
import { MlctlError } from '../errors/error.js';
import type { World } from '../world.js';
import { SETTINGS, type Setting, type SettingName, type SettingValue } from './settings.js';
import { shownText } from './shown-text.js';

type Env = World['env'];

/** The first of these settings that is set, with its spelling; undefined if none is. */
export function givenAs(env: Env, ...names: readonly SettingName[]): string | undefined {
  return names
    .flatMap((name) => {
      const { lowerCase }: Setting<unknown> = SETTINGS[name];
      return lowerCase === true ? [name.toLowerCase(), name] : [name];
    })
    .find((spelt) => env[spelt] !== undefined && env[spelt] !== '');
}

/** As it was given: `shownText` says what of it may be shown. */
export const givenText = (env: Env, name: SettingName): string | undefined => env[givenAs(env, name) ?? ''];

/** Throws CONFIG_INVALID for a text that its reader does not accept. */
export function readSetting<Name extends SettingName>(env: Env, name: Name): SettingValue<Name> {
  const { reader } = SETTINGS[name] as unknown as Setting<SettingValue<Name>>;
  const given = givenText(env, name);
  if (given === undefined) return reader.unset;
  const value = reader.read(given);
  if (value !== undefined) return value;
  const shown = shownText(name, given, 60);
  const found = shown === null ? '' : `, found ${JSON.stringify(shown)}`;
  throw new MlctlError('CONFIG_INVALID', `${name} needs ${reader.expected}${found}`, {
    hint:
      reader.shown === null
        ? `correct ${name}, or unset it`
        : `correct ${name}, or unset it for its default, ${reader.shown}`,
    details: { variable: name, expected: reader.expected },
  });
}
