// Configuration files into environment variables that are not set: the nearest `mlctl.config.json` of this folder or one
// above it, then `$XDG_CONFIG_HOME/mlctl/config.json`. Secrets are refused: they belong into the environment.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { VARIABLES } from '../env.js';
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../uri/nearest.js';

export const CONFIG_NAME = 'mlctl.config.json';
/** Far above any real one. */
const MOST_BYTES = 65_536;

export const CONFIG_KEYS: ReadonlyMap<string, string> = new Map(
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
export function parseConfig(file: string, text: string): Map<string, string> {
  if (text.length > MOST_BYTES)
    invalid(file, `has ${text.length} characters, at most ${MOST_BYTES} are read`, 'shorten it');
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
    invalid(file, 'holds no JSON object', 'a JSON object such as {"tracking_uri": "sqlite:///mlflow.db"}');
  const values = new Map<string, string>();
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

function candidates(cwd: string, env: Env): string[] {
  const own = join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'mlctl', 'config.json');
  const folders = [cwd];
  while (dirname(folders.at(-1)!) !== folders.at(-1)) folders.push(dirname(folders.at(-1)!));
  return [...folders.map((folder) => join(folder, CONFIG_NAME)), own];
}

export interface Configured {
  readonly env: Record<string, string | undefined>;
  readonly files: readonly string[];
  /** Variable → the file that gave it. */
  readonly origin: ReadonlyMap<string, string>;
}

/** The environment, completed from at most two files. */
export function configure(env: Env, cwd: string): Configured {
  const completed: Record<string, string | undefined> = Object.assign(Object.create(null), env);
  const files: string[] = [];
  const origin = new Map<string, string>();
  const all = candidates(cwd, env);
  let nearestFound = false;
  for (const [at, file] of all.entries()) {
    const isOwn = at === all.length - 1;
    if (nearestFound && !isOwn) continue;
    const text = readIfThere(file);
    if (text === undefined) continue;
    nearestFound = true;
    files.push(file);
    for (const [variable, value] of parseConfig(file, text)) {
      // An experiment given by id is an experiment given.
      const given =
        completed[variable] !== undefined ||
        (variable === 'MLFLOW_EXPERIMENT_NAME' && completed.MLFLOW_EXPERIMENT_ID !== undefined);
      if (given) continue;
      completed[variable] = value;
      origin.set(variable, file);
    }
  }
  return { env: completed, files, origin };
}
