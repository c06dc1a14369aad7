// The flags every command takes, and the settings they become: flag, environment, configuration file, default, in this order.
import { MlctlError } from '../errors/error.js';
import { givenAs, readSetting } from '../settings/read-setting.js';
import { SETTINGS } from '../settings/settings.js';
import type { ColourFlag } from './colour-rules.js';
import type { Command, OptionFacts, Settings } from './command.js';
import { type Configured, configure } from './config-file.js';
import { oneOf, optionLike } from './values.js';

const asksServers = ({ exits }: Command): boolean => exits.includes(6);
const opensStore = ({ environment }: Command): boolean => environment.includes('MLFLOW_TRACKING_URI');
const checksRows = ({ environment }: Command): boolean => environment.includes('MLCTL_SCHEMA');
/** A URI that is left out is looked for in the experiment. */
const looksForRuns = (command: Command): boolean =>
  command.environment.includes('MLFLOW_EXPERIMENT_NAME') ||
  command.arguments.some(({ name }) => /^\[uri(?:\.\.\.)?\]$/.test(name));

const COLOURS = ['auto', 'always', 'never'] as const;

export const COMMON_OPTIONS: readonly OptionFacts[] = [
  { flags: '--json', meaning: 'Print one JSON document on stdout, also for errors.' },
  { flags: '-q, --quiet', meaning: 'Print only the verdict or the list that was asked for, with warnings and errors.' },
  { flags: '-v, --verbose', meaning: 'Print more: digests, signatures, what mlctl does meanwhile.' },
  {
    flags: '--timeout <seconds>',
    meaning: `Total seconds to wait, retries included (default ${SETTINGS.MLCTL_TIMEOUT.reader.shown}).`,
    parse: optionLike('--timeout', 'MLCTL_TIMEOUT'),
    applies: asksServers,
  },
  { flags: '--offline', meaning: 'Do not use the network.', applies: asksServers },
  {
    flags: '--tracking-uri <uri>',
    meaning: 'Where runs are kept: http(s)://… or sqlite:///path.',
    applies: opensStore,
  },
  {
    flags: '--registry-uri <uri>',
    meaning: 'Where registered models are kept, if not with the runs.',
    applies: opensStore,
  },
  { flags: '--experiment <name>', meaning: 'Name of the experiment.', applies: looksForRuns },
  {
    flags: '--schema <mode>',
    meaning: `How strictly data is checked against the signature (default ${SETTINGS.MLCTL_SCHEMA.reader.shown}).`,
    choices: SETTINGS.MLCTL_SCHEMA.reader.words ?? [],
    applies: checksRows,
    parse: optionLike('--schema', 'MLCTL_SCHEMA'),
  },
  {
    flags: '--color <when>',
    meaning: 'Whether to write in colour (default auto).',
    choices: COLOURS,
    parse: oneOf('--color', COLOURS),
  },
  { flags: '--no-color', meaning: 'Same as --color never.' },
  { flags: '-h, --help', meaning: 'Show help.' },
];

/** Common flags that take a value: the word after one of these is not a command. */
export const COMMON_WITH_VALUE: ReadonlySet<string> = new Set(
  COMMON_OPTIONS.filter((option) => option.flags.includes('<')).map((option) => option.flags.split(' ')[0]!),
);

/** What a configuration file gives is read here once, so that the error for a wrong value names the file. */
function checkFiles({ env, origin }: Configured): void {
  for (const [name, file] of origin)
    try {
      readSetting(env, name);
    } catch (error) {
      if (!(error instanceof MlctlError)) throw error;
      throw new MlctlError(error.code, `${error.message} (in ${file})`, {
        hint: `correct ${name} there`,
        details: { ...error.details, file },
        cause: error,
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
  const byFlag = Object.entries({ trackingUri: 'MLFLOW_TRACKING_URI', registryUri: 'MLFLOW_REGISTRY_URI' } as const);
  const configured = configure(env, cwd, new Set(byFlag.flatMap(([flag, name]) => (flags[flag] ? [name] : []))));
  checkFiles(configured);
  const { env: completed } = configured;
  const text = (name: string) => flags[name] as string | undefined;
  const timeout =
    (flags.timeout as number | undefined) ??
    (hasDeadline || givenAs(completed, 'MLCTL_TIMEOUT') !== undefined ? readSetting(completed, 'MLCTL_TIMEOUT') : null);
  return {
    env: completed,
    settings: {
      json: flags.json === true,
      quiet: flags.quiet === true,
      verbose: flags.verbose === true,
      offline: flags.offline === true || readSetting(completed, 'MLCTL_OFFLINE'),
      mode: (flags.schema as Settings['mode'] | undefined) ?? readSetting(completed, 'MLCTL_SCHEMA'),
      timeout,
      trackingUri: text('trackingUri'),
      registryUri: text('registryUri'),
      experiment: text('experiment'),
      configFiles: configured.files,
      fromConfig: configured.origin,
    },
  };
}
