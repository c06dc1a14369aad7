// Lists every setting with where it comes from. For a secret it says only whether it is set.
import { isAbsolute } from 'node:path';
import { cacheFolder } from '../../loader/fetch-package.js';
import type { StoredSignIn } from '../../mlflow-server/credentials-file.js';
import { givenText } from '../../settings/read-setting.js';
import { type SettingName, VARIABLES } from '../../settings/settings.js';
import { shownText } from '../../settings/shown-text.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import type { World } from '../../world.js';
import type { DoctorRequest } from './request.js';
import { CREDENTIALS } from './sign-in.js';

/** One setting: its value, and where the value comes from. */
export interface SettingDocument {
  readonly name: string;
  /** Null for what may hold a secret, and where there is none. */
  readonly value: string | null;
  readonly set: boolean;
  /** `environment`, `default`, a flag, a configuration file, or `~/.mlflow/credentials`. */
  readonly source: string;
}

/** Shown with their default where they are not set. */
const ALWAYS: ReadonlySet<SettingName> = new Set<SettingName>([
  'MLFLOW_TRACKING_URI',
  'MLFLOW_REGISTRY_URI',
  'MLFLOW_EXPERIMENT_NAME',
  'MODEL_URI',
  'MLCTL_SCHEMA',
  'MLCTL_TIMEOUT',
  'MLCTL_CACHE_DIR',
]);

/** What is used where nothing is set. The folder of the cache depends on other settings, so it is worked out, unless they name no folder. */
function defaultOf(world: World, variable: (typeof VARIABLES)[number]): string | null {
  const folder = variable.name === 'MLCTL_CACHE_DIR' ? cacheFolder(world) : '';
  return isAbsolute(folder) ? printable(redactUri(folder), 300) : variable.default;
}

/** Flags that stand for a variable. */
function flagsOf(request: DoctorRequest): Map<SettingName, readonly [flag: string, value: string]> {
  const flags = new Map<SettingName, readonly [string, string]>();
  const { trackingUri, registryUri, experiment, offline, timeoutSeconds, mode } = request;
  if (trackingUri !== undefined) flags.set('MLFLOW_TRACKING_URI', ['--tracking-uri', trackingUri]);
  if (registryUri !== undefined) flags.set('MLFLOW_REGISTRY_URI', ['--registry-uri', registryUri]);
  if (experiment !== undefined) flags.set('MLFLOW_EXPERIMENT_NAME', ['--experiment', experiment]);
  if (timeoutSeconds !== undefined) flags.set('MLCTL_TIMEOUT', ['--timeout', String(timeoutSeconds)]);
  if (mode !== undefined) flags.set('MLCTL_SCHEMA', ['--schema', mode]);
  if (offline) flags.set('MLCTL_OFFLINE', ['--offline', '1']);
  return flags;
}

/** `stored`: what ~/.mlflow/credentials gives where a server is asked. */
export function doctorSettings(world: World, request: DoctorRequest, stored: StoredSignIn): SettingDocument[] {
  const flags = flagsOf(request);
  const inFile = new Map<SettingName, string | undefined>([
    ['MLFLOW_TRACKING_USERNAME', stored.username || undefined],
    ['MLFLOW_TRACKING_PASSWORD', stored.password || undefined],
  ]);
  const givenIn = (name: SettingName) => givenText(world.env, name);
  const isSet = (name: SettingName) => (givenIn(name) ?? inFile.get(name)) !== undefined;
  return VARIABLES.filter(
    ({ name, group }) =>
      ALWAYS.has(name) || flags.has(name) || (group !== 'output' && group !== 'system' && isSet(name)),
  ).map((variable) => {
    const [flag, byFlag] = flags.get(variable.name) ?? [];
    const given = byFlag ?? givenIn(variable.name);
    const value = given ?? inFile.get(variable.name);
    const origin = given === undefined ? CREDENTIALS : (request.origins?.get(variable.name) ?? 'environment');
    const source = flag ?? (value === undefined ? 'default' : origin);
    return {
      name: variable.name,
      value: value === undefined ? defaultOf(world, variable) : shownText(variable.name, value),
      set: value !== undefined,
      source,
    };
  });
}
