// Turns a run into the recipe that it recorded, and says whether it is the one whose digest was recorded.
import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { recipeText } from '../recipe/recipe-text.js';
import type { Recipe } from '../recipe/recipe-types.js';
import { MAX_RECIPE_BYTES } from '../recipe/recipe-yaml.js';
import type { ReproductionDifference } from './types.js';

const RECIPE_FILE = 'recipe.yaml';

export interface RecordedRecipe {
  readonly recipe: Recipe;
  /** As this mlctl writes it. */
  readonly digest: string;
  readonly differences: readonly ReproductionDifference[];
}

/** null: the run has no recipe. Throws RECIPE_INVALID for one that this mlctl does not train. */
export async function recordedRecipe(files: ArtifactStore, recorded: string): Promise<RecordedRecipe | null> {
  const bytes = await readRecipe(files);
  if (bytes === null) return null;
  const recipe = parseRecipe(bytes.toString('utf8'), { file: `${RECIPE_FILE} of the run` });
  const found = `sha256:${sha256(bytes)}`;
  const digest = `sha256:${sha256(recipeText(recipe))}`;
  const differs = (message: string, actual: string): ReproductionDifference => ({
    what: 'recipe',
    name: RECIPE_FILE,
    expected: recorded,
    actual,
    matters: true,
    message,
  });
  if (found !== recorded)
    return {
      recipe,
      digest,
      differences: [differs(`the ${RECIPE_FILE} of the run was changed after it was logged`, found)],
    };
  if (digest !== recorded)
    return {
      recipe,
      digest,
      differences: [differs(`this mlctl reads the ${RECIPE_FILE} of the run as another recipe`, digest)],
    };
  return { recipe, digest, differences: [] };
}

async function readRecipe(files: ArtifactStore): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of await files.read(RECIPE_FILE)) {
      size += chunk.byteLength;
      if (size > MAX_RECIPE_BYTES)
        throw new MlctlError('LIMIT_EXCEEDED', `the ${RECIPE_FILE} of the run has more than ${MAX_RECIPE_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof MlctlError && error.code === 'ARTIFACT_NOT_FOUND') return null;
    throw error;
  }
  return Buffer.concat(chunks);
}
