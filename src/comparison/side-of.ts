// Turns a model URI into one side of a comparison: its verified files, and what its run recorded.
import type { LineageDocument } from '../documents/lineage.js';
import { type FetchedPackage, fetchPackage } from '../loader/fetch-package.js';
import { type ResolvedModel, resolveIn } from '../loader/resolve-model.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import type { Metric } from '../tracking/tracking-store.js';
import { onRemotes, type World } from '../world.js';

/** A model that is on this machine and verified. */
export interface VerifiedModel {
  readonly resolved: ResolvedModel;
  readonly pkg: FetchedPackage;
}

export interface Side extends VerifiedModel {
  readonly lineage: LineageDocument | null;
  readonly metrics: ReadonlyMap<string, Metric>;
}

/** `verified`: what the URI leads to, if it was fetched and verified already. */
export function sideOf(
  world: World,
  stores: Stores,
  options: StoreOptions,
  uri: string,
  verified: VerifiedModel | null = null,
): Promise<Side> {
  return onRemotes(world, async () => {
    const resolved = verified?.resolved ?? (await resolveIn(world, stores, options, uri));
    const pkg = verified?.pkg ?? (await fetchPackage(world, resolved));
    const [lineage, run] = [await resolved.lineage(), await resolved.run()];
    return { resolved, pkg, lineage, metrics: run?.metrics ?? new Map<string, Metric>() };
  });
}
