// Checks the place where new runs keep their files, by writing there and taking it back.
import { localFolderOf } from '../../artifacts/open.js';
import { existingFolder } from '../../files/probe-folder.js';
import { artifactsAt } from '../../session/artifacts-at.js';
import { refuseForeignTarget } from '../../session/local-source.js';
import type { Stores } from '../../session/stores.js';
import { readSetting } from '../../settings/read-setting.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import type { TrackingStore } from '../../tracking/tracking-store.js';
import type { World } from '../../world.js';
import { type Check, skipped } from '../check.js';
import { withinDeadline } from './deadline.js';
import { failed } from './failed.js';
import { probeArtifacts } from './probe.js';
import type { DoctorRequest } from './request.js';

/** The artifact location of the experiment that is set, else of the default one. */
async function locationOf(world: World, request: DoctorRequest, tracking: TrackingStore): Promise<string | null> {
  const name = request.experiment ?? readSetting(world.env, 'MLFLOW_EXPERIMENT_NAME');
  const found =
    (name === undefined ? null : await tracking.getExperimentByName(name)) ??
    (await tracking.getExperiment(
      (name === undefined ? readSetting(world.env, 'MLFLOW_EXPERIMENT_ID') : undefined) ?? '0',
    ));
  return found?.artifactLocation ?? null;
}

/** A folder of an embedded store is made by the first run, so the folder above it must take files. */
function placeToTry(world: World, location: string, isRemote: boolean): string {
  const folder = isRemote ? null : localFolderOf(location, world.cwd);
  return folder === null ? location : existingFolder(folder);
}

export function judgeArtifacts(world: World, stores: Stores, request: DoctorRequest): Promise<Check> {
  let tried = 'the artifact location';
  return withinDeadline(
    world,
    () => tried,
    async () => {
      try {
        const tracking = await stores.tracking();
        const location = await locationOf(world, request, tracking);
        if (location === null) return skipped('there is no experiment yet, so there is no artifact location to try');
        tried = printable(redactUri(location), 300);
        // Before looking for the folder, because mlctl does not read local folders that a server names.
        const named = refuseForeignTarget(world, tracking, location, 'the place of new artifacts');
        const place = placeToTry(world, named, tracking.isRemote);
        return await probeArtifacts(world, place, (own) =>
          artifactsAt({ world: own, options: request, tracking }, place, null),
        );
      } catch (error) {
        return failed(error);
      }
    },
  );
}
