// Turns a model URI into the answer of `reproduce`: trained again, or replayed, and compared. Nothing is logged.
import { findPackage } from '../loader/open-model.js';
import { reproduceModel } from '../reproduction/reproduce-model.js';
import type { ReproduceOptions } from '../reproduction/reproduction.js';
import type { ReproduceDocument } from '../reproduction/types.js';
import type { World } from '../world.js';

/** Which model is made again, and from what. */
export interface ReproduceRequest extends ReproduceOptions {
  readonly uri?: string;
}

export async function reproduce(world: World, request: ReproduceRequest): Promise<ReproduceDocument> {
  const { resolved, pkg } = await findPackage(world, request.uri, request);
  try {
    return await reproduceModel(world, resolved, pkg, request);
  } finally {
    await resolved.close();
  }
}
