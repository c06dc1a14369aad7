// Turns configuration files into environment variables that are not set: the one that MLCTL_CONFIG names, else the nearest
// `mlctl.config.json` of this folder or one above it; then `$XDG_CONFIG_HOME/mlctl/config.json`. Secrets are refused: they
// belong in the environment. A file found in the current tree is untrusted, so it must not choose where they are sent.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { givenAs, readSetting } from '../settings/read-setting.js';
import { type SettingName, VARIABLES } from '../settings/settings.js';
import { shownText } from '../settings/shown-text.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';

const CONFIG_NAME = 'mlctl.config.json';
/** Far above any real one. */
const MOST_BYTES = 65_536;

export const CONFIG_KEYS: ReadonlyMap<string, SettingName> = new Map(
  VARIABLES.flatMap((variable) => (variable.config ? [[variable.config, variable.name] as const] : [])),
);

type Env = Readonly<Record<string, string | undefined>>;

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new MlctlError('CONFIG_INVALID', `cannot read the configuration file ${file}: ${code}`, { cause: error });
  }
}

function invalid(file: string, found: string, hint: string): never {
  throw new MlctlError('CONFIG_INVALID', `configuration file ${file}: ${found}`, { hint, details: { file } });
}

/** Variable name → value, of one file. */
export function parseConfig(file: string, text: string): Map<SettingName, string> {
  if (text.length > MOST_BYTES)
    invalid(file, `has ${text.length} characters; mlctl reads at most ${MOST_BYTES}`, 'shorten it');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    invalid(
      file,
      `is not JSON: ${(error as Error).message}`,
      'a JSON object such as {"tracking_uri": "sqlite:///mlflow.db"}',
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    invalid(file, 'is not a JSON object', 'a JSON object such as {"tracking_uri": "sqlite:///mlflow.db"}');
  const values = new Map<SettingName, string>();
  for (const [key, value] of Object.entries(parsed as object)) {
    const variable = CONFIG_KEYS.get(key);
    if (variable === undefined) {
      const [near] = nearestNames(key, [...CONFIG_KEYS.keys()], 1);
      const known = `the keys are ${[...CONFIG_KEYS.keys()].join(', ')}`;
      invalid(file, `unknown key ${JSON.stringify(key)}`, near ? `did you mean ${near}?` : known);
    }
    if (typeof value === 'boolean') values.set(variable, value ? '1' : '0');
    else if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
      values.set(variable, String(value));
    else invalid(file, `${key} has no usable value`, `give ${key} a text, a number, true or false`);
  }
  return values;
}

const ownFile = (env: Env): string =>
  join(readSetting(env, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'mlctl', 'config.json');

interface ConfigFile {
  readonly file: string;
  readonly text: string;
  /** Named by MLCTL_CONFIG, or the user's own: not merely lying where the command was started. */
  readonly trusted: boolean;
}

function nearest(cwd: string): ConfigFile | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    const text = readIfThere(file);
    if (text !== undefined) return { file, text, trusted: false };
    if (dirname(folder) === folder) return undefined;
  }
}

function asked(cwd: string, name: string): ConfigFile {
  const file = resolve(cwd, name);
  const text = readIfThere(file);
  if (text === undefined)
    throw new MlctlError(
      'CONFIG_INVALID',
      `MLCTL_CONFIG names ${shownText('MLCTL_CONFIG', file)}, which does not exist`,
      {
        hint: 'correct MLCTL_CONFIG or unset it',
        details: { file: shownText('MLCTL_CONFIG', file) },
      },
    );
  return { file, text, trusted: true };
}

function configFiles(cwd: string, env: Env): ConfigFile[] {
  const named = readSetting(env, 'MLCTL_CONFIG');
  const first = named === undefined ? nearest(cwd) : asked(cwd, named);
  const own = ownFile(env);
  const text = first?.file === own ? undefined : readIfThere(own);
  return [...(first ? [first] : []), ...(text === undefined ? [] : [{ file: own, text, trusted: true }])];
}

/** A file of this machine, below no server: the embedded store. */
const isLocalStore = (value: string): boolean =>
  /^sqlite(?:\+pysqlite)?:/i.test(value) || !/^(?:[a-z][a-z0-9+.-]+:|[\\/]{2})/i.test(value);

/** Settings that choose where sign-ins and keys are sent, or which cache is trusted. */
function needsTrust(variable: SettingName, value: string): boolean {
  if (variable === 'MLFLOW_TRACKING_URI' || variable === 'MLFLOW_REGISTRY_URI') return !isLocalStore(value);
  return variable === 'MLFLOW_S3_ENDPOINT_URL' || variable === 'MLCTL_CACHE_DIR';
}

const quoted = (text: string): string => `'${printable(text, 300).replaceAll("'", "'\\''")}'`;

function refuseUntrusted(file: string, variable: string, value: string, env: Env): never {
  const key = [...CONFIG_KEYS].find(([, name]) => name === variable)?.[0] ?? variable;
  throw new MlctlError(
    'CONFIG_INVALID',
    `configuration file ${printable(file, 300)}: ${key} is ${printable(redactUri(value), 200)}, but a file found in this folder or ` +
      'above it must not choose where sign-ins and keys are sent',
    {
      hint: `if you trust it: export MLCTL_CONFIG=${quoted(file)}; else export ${variable} yourself, or put ${key} into ${printable(ownFile(env), 300)}`,
      details: { file, key },
    },
  );
}

export interface Configured {
  readonly env: Record<string, string | undefined>;
  readonly files: readonly string[];
  /** Variable → the file that gave it. */
  readonly origin: ReadonlyMap<SettingName, string>;
}

/** The environment, completed from at most two files. `byFlag`: variables whose flag was given, which files do not matter for. */
export function configure(env: Env, cwd: string, byFlag: ReadonlySet<string> = new Set()): Configured {
  const completed: Record<string, string | undefined> = Object.assign(Object.create(null), env);
  const files: string[] = [];
  const origin = new Map<SettingName, string>();
  for (const { file, text, trusted } of configFiles(cwd, env)) {
    files.push(file);
    for (const [variable, value] of parseConfig(file, text)) {
      // An experiment given by id is an experiment given.
      const given =
        givenAs(completed, variable) !== undefined ||
        byFlag.has(variable) ||
        (variable === 'MLFLOW_EXPERIMENT_NAME' && givenAs(completed, 'MLFLOW_EXPERIMENT_ID') !== undefined);
      if (given) continue;
      if (!trusted && needsTrust(variable, value)) refuseUntrusted(file, variable, value, env);
      completed[variable] = value;
      origin.set(variable, file);
    }
  }
  return { env: completed, files, origin };
}
