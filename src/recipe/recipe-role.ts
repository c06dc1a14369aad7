// Turns a recipe into the role of what it trains: its last step decides.
import type { Recipe } from './recipe-types.js';
import { stepNamed } from './steps/table.js';

export function recipeRole(recipe: Pick<Recipe, 'pipeline'>): 'classifier' | 'regressor' {
  const role = stepNamed(recipe.pipeline.at(-1)!.name)!.role;
  if (role !== 'classifier' && role !== 'regressor')
    throw new TypeError('a recipe ends in a step that predicts a target');
  return role;
}
