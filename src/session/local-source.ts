// Refuses a local folder that a tracking server names as the place of a model (CVE-2026-2614).
import { localFolderOf } from '../artifacts/open.js';
import { MlctlError } from '../errors/error.js';
import { isLoopbackName } from '../http/host-name.js';
import { readSetting } from '../settings/read-setting.js';
import { printable } from '../text/printable.js';
import type { Store } from '../tracking/store.js';
import type { World } from '../world.js';

/**
 * How a server started with --no-serve-artifacts names its own folders: `…/<run id>/artifacts/…`, `…/models/m-…/artifacts/…`. The
 * files that a hostile server would want (/etc, ~/.ssh) do not have such names.
 */
const ARTIFACT_FOLDER = /[/\\](?:[0-9a-f]{32}|m-[0-9a-f]{32})[/\\]artifacts(?:[/\\]|$)/;

const asked = ({ env }: World): boolean => readSetting(env, 'MLCTL_ALLOW_LOCAL_SOURCE');

const refusal = (store: Store, location: string, what: string): MlctlError =>
  new MlctlError(
    'PATH_REFUSED',
    `the server ${printable(store.uri)} says that ${printable(what, 100)} lies at "${printable(location, 150)}" on this machine`,
    {
      hint: 'mlctl does not read local folders that a server names; if you trust it, set MLCTL_ALLOW_LOCAL_SOURCE=true',
      details: { location: printable(location) },
    },
  );

/** Whether the place is allowed: no server named it, it is not a local folder, or the user allows it. */
const isAllowedPlace = (world: World, store: Store, location: string): boolean =>
  !store.isRemote || localFolderOf(location, world.cwd) === null || asked(world);

/** Throws PATH_REFUSED for a local place to write to that a server of another machine named. */
export function refuseForeignTarget(world: World, store: Store, location: string, what: string): string {
  // A server on this machine may keep artifacts in local folders: `mlflow server --no-serve-artifacts`.
  if (isAllowedPlace(world, store, location) || isLoopbackName(new URL(store.uri))) return location;
  throw refusal(store, location, what);
}

/** The same for the folder of a run or a model, which must have such a name. A note says that it is written to. */
export function refuseLocalTarget(world: World, store: Store, location: string, what: string): string {
  refuseForeignTarget(world, store, location, what);
  if (isAllowedPlace(world, store, location)) return location;
  const folder = refuseLocalSource(world, store, location, what);
  world.note(`${what}: its artifacts are stored in ${folder} on this machine, as the server says`);
  return folder;
}

/** Throws PATH_REFUSED for a local place that a server named and that is not an artifact folder. */
export function refuseLocalSource(world: World, store: Store, location: string, what: string): string {
  if (isAllowedPlace(world, store, location)) return location;
  const folder = localFolderOf(location, world.cwd) ?? '';
  if (ARTIFACT_FOLDER.test(folder) && !folder.split(/[/\\]/).includes('..')) return location;
  throw refusal(store, location, what);
}
