// Turns what a URI leads to into a loaded model: its package fetched, verified and opened.
import { type FetchedPackage, fetchPackage } from '../loader/fetch-package.js';
import { openFetched } from '../loader/open-model.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import { LoadedModel } from './loaded-model.js';
import type { LoadOptions } from './types.js';

/** `judge` looks at the package before it is opened, and throws to refuse it. */
export async function openResolved(
  world: World,
  resolved: ResolvedModel,
  options: LoadOptions,
  judge: (pkg: FetchedPackage) => void = () => {},
): Promise<LoadedModel> {
  const pkg = await fetchPackage(world, resolved);
  judge(pkg);
  const open = () => openFetched(world, pkg, { timeoutMs: options.timeoutMs ?? null });
  const opened = {
    uri: resolved.uri,
    resolved: resolved.document,
    package: pkg,
    lineage: resolved.document.run_id === null ? null : await resolved.lineage(),
    schema: options.schema ?? readSetting(world.env, 'MLCTL_SCHEMA'),
    ignore: options.ignore ?? [],
    warn: world.warn,
    open,
  };
  return new LoadedModel(opened, await open());
}
