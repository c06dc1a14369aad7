// Turns a model URI into one side of a comparison: its verified files, and what its run recorded.
import type { LineageDocument } from '../documents/lineage.js';
import { type FetchedPackage, fetchPackage } from '../loader/fetch-package.js';
import { type ResolvedModel, resolveIn } from '../loader/resolve-model.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import type { Metric } from '../tracking/tracking-store.js';
import { onRemotes, type World } from '../world.js';

/** A model that is on this machine and verified. */
export interface Side {
  readonly resolved: ResolvedModel;
  readonly pkg: FetchedPackage;
  readonly lineage: LineageDocument | null;
  readonly metrics: ReadonlyMap<string, Metric>;
}

export function sideOf(world: World, stores: Stores, options: StoreOptions, uri: string): Promise<Side> {
  return onRemotes(world, async () => {
    const resolved = await resolveIn(world, stores, options, uri);
    const pkg = await fetchPackage(world, resolved);
    const lineage = await resolved.lineage();
    return { resolved, pkg, lineage, metrics: (await resolved.run())?.metrics ?? new Map<string, Metric>() };
  });
}
