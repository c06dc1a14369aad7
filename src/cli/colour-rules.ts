// The decisions about one stream as pure functions of flags and environment: colour, Unicode, motion.
// Order of the rules: --color, NO_COLOR, FORCE_COLOR, TERM=dumb, then whether this very stream is a terminal.

export type ColourFlag = 'auto' | 'always' | 'never';
type Env = Readonly<Record<string, string | undefined>>;

const isOff = (value: string) => value === '0' || value.toLowerCase() === 'false';

export function wantsColour(flag: ColourFlag, env: Env, isTerminal: boolean): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !isOff(env.FORCE_COLOR);
  if (env.TERM === 'dumb') return false;
  return isTerminal;
}

export function speaksUnicode(env: Env, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.ConEmuTask);
  if (env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) || (locale === '' && platform === 'darwin');
}

export function wantsMotion(
  env: Env,
  stderrIsTerminal: boolean,
  flags: { readonly quiet: boolean; readonly verbose: boolean; readonly json: boolean },
): boolean {
  const ci = env.CI;
  return (
    stderrIsTerminal && !(ci && !isOff(ci)) && env.TERM !== 'dumb' && !flags.quiet && !flags.verbose && !flags.json
  );
}
