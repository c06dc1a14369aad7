// Turns the flag, then MLFLOW_EXPERIMENT_NAME and _ID, then the fallback of the operation, into the experiment that a command
// uses.
import { MlctlError } from '../errors/error.js';
import { readSetting } from '../settings/read-setting.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import { pagedAll } from '../tracking/paged.js';
import type { Experiment, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import type { StoreOptions } from './stores.js';

const allExperiments = (tracking: TrackingStore): Promise<readonly Experiment[]> =>
  pagedAll('experiments', (page) => tracking.searchExperiments(page));

async function byId(tracking: TrackingStore, id: string): Promise<Experiment> {
  const found = await tracking.getExperiment(id);
  if (found) return found;
  throw new MlctlError(
    'EXPERIMENT_NOT_FOUND',
    `${printable(tracking.uri)} has no experiment of id "${printable(id, 60)}" (MLFLOW_EXPERIMENT_ID)`,
    {
      hint: 'set MLFLOW_EXPERIMENT_NAME instead, or unset MLFLOW_EXPERIMENT_ID',
    },
  );
}

/** The name that flag or environment give; null if neither does. A name and an id that disagree are refused, as in Python. */
async function given(
  world: World,
  tracking: TrackingStore,
  options: StoreOptions,
): Promise<{ name?: string; experiment?: Experiment } | null> {
  if (options.experiment !== undefined) return { name: options.experiment };
  const name = readSetting(world.env, 'MLFLOW_EXPERIMENT_NAME');
  const id = readSetting(world.env, 'MLFLOW_EXPERIMENT_ID');
  if (!id) return name ? { name } : null;
  const experiment = await byId(tracking, id);
  if (name && name !== experiment.name) {
    throw new MlctlError(
      'CONFIG_INVALID',
      `MLFLOW_EXPERIMENT_NAME is "${printable(name, 100)}", but MLFLOW_EXPERIMENT_ID ${printable(id, 40)} is "${printable(experiment.name, 100)}"`,
      {
        hint: 'unset one of them',
      },
    );
  }
  return { experiment };
}

/** For writing: created if missing. `fallback` is the recipe's experiment; else MLflow's own Default. */
export async function experimentToWrite(
  world: World,
  tracking: TrackingStore,
  options: StoreOptions,
  fallback?: string,
): Promise<Experiment> {
  const wanted = await given(world, tracking, options);
  if (wanted?.experiment) return wanted.experiment;
  return tracking.ensureExperiment(wanted?.name ?? fallback ?? 'Default');
}

/** For reading: the named one, or all. */
export async function experimentIdsOf(
  world: World,
  tracking: TrackingStore,
  options: StoreOptions,
): Promise<{ ids: readonly string[]; named: string | null }> {
  const wanted = await given(world, tracking, options);
  if (wanted?.experiment) return { ids: [wanted.experiment.experimentId], named: wanted.experiment.name };
  if (wanted?.name !== undefined) {
    const found = await tracking.getExperimentByName(wanted.name);
    if (found) return { ids: [found.experimentId], named: found.name };
    const near = nearestNames(
      wanted.name,
      (await allExperiments(tracking)).map((one) => one.name),
    );
    throw new MlctlError(
      'EXPERIMENT_NOT_FOUND',
      `${printable(tracking.uri)} has no experiment "${printable(wanted.name, 100)}"`,
      {
        hint:
          near[0] === undefined
            ? 'see `mlctl runs` for the experiments there are'
            : `did you mean --experiment "${printable(near[0], 100)}"?`,
      },
    );
  }
  return { ids: (await allExperiments(tracking)).map((one) => one.experimentId), named: null };
}
