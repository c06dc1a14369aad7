// The reference of a recipe in short, for `mlctl help recipe`.
import { DEFAULT_RECIPE_TEXT } from '../../recipe/default-recipe.js';
import { describeRecipe, type KeyDescription } from '../../recipe/reference/describe-recipe.js';
import { definitions } from '../help/definitions.js';
import { wrap } from '../wrap.js';

const ROLES = [
  ['transformer', 'Steps that change columns'],
  ['classifier', 'Steps that predict a class'],
  ['regressor', 'Steps that predict a quantity'],
] as const;

const keyMeaning = ({ meaning, expected, default: unset }: KeyDescription): string =>
  `${meaning} ${expected[0]!.toUpperCase()}${expected.slice(1)}${unset === null ? '; needed' : unset === '' ? '' : `; default ${unset}`}.`;

const keyAndDefault = ({ path, default: unset }: KeyDescription): string =>
  unset === null || unset === '' ? path : `${path}: ${unset}`;

export function recipeHelp(width: number): string {
  const { keys, steps } = describeRecipe();
  return [
    wrap('A recipe is a YAML file that says what to train. "mlctl init" writes one that fits your data.', width).join(
      '\n',
    ),
    `This is the default recipe:\n${DEFAULT_RECIPE_TEXT.trimEnd().replace(/^/gm, '  ')}`,
    `Keys:\n${definitions(
      keys.map((key) => [key.path, keyMeaning(key)]),
      width,
    )}`,
    ...ROLES.map(
      ([role, title]) =>
        `${title}, with their keys and defaults:\n${definitions(
          steps
            .filter((step) => step.role === role)
            .map(({ name, does, keys: own }) => [name, `${does} ${own.map(keyAndDefault).join(', ')}`]),
          width,
        )}`,
    ),
    wrap(
      'Keys mean what they mean in scikit-learn. To change one value: mlctl train recipe.yaml --set logistic_regression.C=0.5',
      width,
    ).join('\n'),
  ].join('\n\n');
}
