// Turns two model URIs into how the models differ.

import { compareModels } from '../comparison/compare-models.js';
import type { AnswerOptions } from '../comparison/compare-predictions.js';
import { sideOf } from '../comparison/side-of.js';
import type { DiffDocument } from '../documents/diff.js';
import { existingStores } from '../session/stores.js';
import type { World } from '../world.js';

/** The two models to compare, and on which rows. */
export interface DiffRequest extends AnswerOptions {
  /** The model before. */
  readonly a: string;
  /** The model after. */
  readonly b: string;
}

/** Throws what prevents fetching or verifying one of them. */
export async function diffModels(world: World, request: DiffRequest): Promise<DiffDocument> {
  const stores = existingStores(world, request);
  try {
    const a = await sideOf(world, stores, request, request.a);
    const b = await sideOf(world, stores, request, request.b);
    return await compareModels(world, a, b, request);
  } finally {
    await stores.close();
  }
}
