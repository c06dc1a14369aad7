// The decisions about one stream as pure functions of flags and environment: colour, Unicode, motion.
// Order of the rules: --color, NO_COLOR, FORCE_COLOR, TERM=dumb, then whether this very stream is a terminal.
import { givenAs, readSetting } from '../settings/read-setting.js';

export type ColourFlag = 'auto' | 'always' | 'never';
type Env = Readonly<Record<string, string | undefined>>;

export function wantsColour(flag: ColourFlag, env: Env, isTerminal: boolean): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (readSetting(env, 'NO_COLOR') !== undefined) return false;
  const forced = readSetting(env, 'FORCE_COLOR');
  if (forced !== undefined) return forced;
  if (readSetting(env, 'TERM') === 'dumb') return false;
  return isTerminal;
}

export function speaksUnicode(env: Env, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return givenAs(env, 'WT_SESSION', 'TERM_PROGRAM', 'ConEmuTask') !== undefined;
  if (readSetting(env, 'TERM') === 'linux') return false;
  const locale = readSetting(env, 'LC_ALL') ?? readSetting(env, 'LC_CTYPE') ?? readSetting(env, 'LANG') ?? '';
  return /utf-?8/i.test(locale) || (locale === '' && platform === 'darwin');
}

export function wantsMotion(
  env: Env,
  stderrIsTerminal: boolean,
  flags: { readonly quiet: boolean; readonly verbose: boolean; readonly json: boolean },
): boolean {
  const still = readSetting(env, 'CI') === true || readSetting(env, 'TERM') === 'dumb';
  return stderrIsTerminal && !still && !flags.quiet && !flags.verbose && !flags.json;
}
