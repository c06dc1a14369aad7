// Turns a recipe into its data, what was fitted on it, and the graph. Nothing is written: `train` logs it, `reproduce` compares it.
import { convertEstimatorInParts } from '../onnx/convert-estimator.js';
import { inParts, nextPart } from '../parts.js';
import type { Recipe } from '../recipe/recipe-types.js';
import { type Trained, trainRecipe } from '../recipe/train-recipe.js';
import { readTrainingData, type TrainingData } from '../rows/training-data.js';
import type { World } from '../world.js';

interface FittedRecipe {
  readonly data: TrainingData;
  readonly trained: Trained;
  readonly payload: Uint8Array;
}

/** Paths of the recipe are relative to `folder`. `onData` is called before the fit begins. */
export async function fitRecipe(
  world: World,
  recipe: Recipe,
  folder: string,
  onData: (data: TrainingData) => void = () => {},
): Promise<FittedRecipe> {
  await nextPart(world, 'reading');
  const data = await readTrainingData(world, recipe.data, folder);
  onData(data);
  for (const note of data.table.notes ?? []) world.note(note);
  world.signal.throwIfAborted();
  const trained = await inParts(world, trainRecipe(recipe, data.table));
  for (const warning of trained.warnings) world.warn(warning);
  await nextPart(world, 'writing the graph');
  const payload = await inParts(world, convertEstimatorInParts(trained.estimator, trained.inputs));
  return { data, trained, payload };
}
