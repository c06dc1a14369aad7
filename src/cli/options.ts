// The flags every command takes, and the settings they become: flag, environment, configuration file, default, in this order.
import { MlctlError } from '../errors/error.js';
import type { ColourFlag } from './colour-rules.js';
import type { OptionFacts, Settings } from './command.js';
import { type Configured, configure } from './config-file.js';
import { numberOf, oneOf } from './values.js';

const COLOURS = ['auto', 'always', 'never'] as const;
const MODES = ['strict', 'mlflow'] as const;
/** Seconds; a longer wait is a mistake of units. */
const LONGEST = 604_800;
export const DEFAULT_TIMEOUT = 120;

export const COMMON_OPTIONS: readonly OptionFacts[] = [
  { flags: '--json', meaning: 'Answer with one JSON document on stdout, errors too.' },
  { flags: '-q, --quiet', meaning: 'No notes, no progress; never hides the answer, warnings or errors.' },
  { flags: '-v, --verbose', meaning: 'Say more on stderr.' },
  {
    flags: '--timeout <seconds>',
    meaning: `One deadline over all waiting and retries (${DEFAULT_TIMEOUT}).`,
    parse: numberOf('--timeout', { above: 0, most: LONGEST }),
  },
  { flags: '--offline', meaning: 'Use no network.' },
  { flags: '--tracking-uri <uri>', meaning: 'Where runs are kept: http(s)://… or sqlite:///path.' },
  { flags: '--registry-uri <uri>', meaning: 'Where registered models are kept, if elsewhere.' },
  { flags: '--experiment <name>', meaning: 'The experiment.' },
  {
    flags: '--schema <mode>',
    meaning: 'How data is held against the signature: strict (default) or mlflow.',
    parse: oneOf('--schema', MODES),
  },
  { flags: '--color <when>', meaning: 'auto (default), always or never.', parse: oneOf('--color', COLOURS) },
  { flags: '--no-color', meaning: 'The same as --color never.' },
  { flags: '-h, --help', meaning: 'Show help.' },
];

/** Common flags that take a value: what stands behind one of these is no command. */
export const COMMON_WITH_VALUE: ReadonlySet<string> = new Set(
  COMMON_OPTIONS.filter((option) => option.flags.includes('<')).map((option) => option.flags.split(' ')[0]!),
);

export const isYes = (value: string | undefined): boolean => /^(1|true|yes|on)$/i.test(value ?? '');

function fromEnvironment<Value>(
  configured: Configured,
  name: string,
  read: (text: string) => Value,
): Value | undefined {
  const text = configured.env[name];
  if (text === undefined) return undefined;
  try {
    return read(text);
  } catch (error) {
    const file = configured.origin.get(name);
    throw new MlctlError('CONFIG_INVALID', `${(error as Error).message}${file ? ` (in ${file})` : ''}`, {
      hint: `correct ${name}, or unset it`,
      details: { variable: name },
    });
  }
}

/** What can be told of the flags before the command line is understood, for errors in it. */
export function glance(argv: readonly string[]): {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  colour: ColourFlag;
} {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const colour = COLOURS.find(
    (when, _at) => flags.includes(`--color=${when}`) || flags[flags.indexOf('--color') + 1] === when,
  );
  return {
    json: flags.includes('--json'),
    quiet: flags.includes('-q') || flags.includes('--quiet'),
    verbose: flags.includes('-v') || flags.includes('--verbose'),
    colour: flags.includes('--no-color') ? 'never' : flags.includes('--color') || colour ? (colour ?? 'auto') : 'auto',
  };
}

export function resolveSettings(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  hasDeadline: boolean,
): { settings: Settings; env: Record<string, string | undefined> } {
  const byFlag = Object.entries({ trackingUri: 'MLFLOW_TRACKING_URI', registryUri: 'MLFLOW_REGISTRY_URI' });
  const configured = configure(env, cwd, new Set(byFlag.flatMap(([flag, name]) => (flags[flag] ? [name] : []))));
  const text = (name: string) => flags[name] as string | undefined;
  const timeout =
    (flags.timeout as number | undefined) ??
    fromEnvironment(configured, 'MLCTL_TIMEOUT', numberOf('MLCTL_TIMEOUT', { above: 0, most: LONGEST })) ??
    (hasDeadline ? DEFAULT_TIMEOUT : null);
  return {
    env: configured.env,
    settings: {
      json: flags.json === true,
      quiet: flags.quiet === true,
      verbose: flags.verbose === true,
      offline: flags.offline === true || isYes(configured.env.MLCTL_OFFLINE),
      mode:
        (flags.schema as Settings['mode'] | undefined) ??
        fromEnvironment(configured, 'MLCTL_SCHEMA', oneOf('MLCTL_SCHEMA', MODES)) ??
        'strict',
      timeout,
      trackingUri: text('trackingUri'),
      registryUri: text('registryUri'),
      experiment: text('experiment'),
      configFiles: configured.files,
      fromConfig: configured.origin,
    },
  };
}
