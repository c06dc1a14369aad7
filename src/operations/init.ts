// Turns a data file and the name of its target into a recipe that fits them, with the reason of each choice.
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { refuseExisting } from '../files/write-folder-atomically.js';
import { writeNewFileAtomically } from '../files/write-new-file-atomically.js';
import { DEFAULT_RECIPE_TEXT } from '../recipe/default-recipe.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { proposalText } from '../recipe/propose/proposal-text.js';
import { proposeRecipe } from '../recipe/propose/propose-recipe.js';
import { type GivenDialect, recipeDialect } from '../rows/read-dialect.js';
import { isNotAPath, readTrainingData } from '../rows/training-data.js';
import { modelNameOfData } from '../uri/model-name.js';
import type { World } from '../world.js';

/** The data that a recipe is written for. */
export interface InitRequest extends GivenDialect {
  /** The data to train on: as `data.source`, relative to the current folder. Needs `target`. */
  readonly data?: string;
  readonly target?: string;
  /** The recipe's file, which must not exist; null in the answer if left out. */
  readonly out?: string;
}

/** What `mlctl init --json` prints. */
export interface InitDocument {
  /** The whole recipe, as YAML. */
  readonly recipe: string;
  readonly path: string | null;
  readonly data: { readonly source: string; readonly digest: string; readonly rows: number } | null;
  /** Columns that the model does not see, and why. */
  readonly dropped: readonly { readonly column: string; readonly reason: string }[];
}

/** Without data: the default recipe. Throws FILE_EXISTS, and what `train` throws for data that no recipe can train on. */
export async function initRecipe(world: World, request: InitRequest): Promise<InitDocument> {
  const path = request.out === undefined ? null : resolve(world.cwd, request.out);
  if (path !== null) await refuseExisting(path);
  const made =
    request.data === undefined
      ? defaultRecipe(request)
      : await fittingRecipe(world, request, request.data, path === null ? world.cwd : dirname(path));
  world.signal.throwIfAborted();
  if (path !== null) await writeNewFileAtomically(path, made.recipe);
  return { ...made, path };
}

function defaultRecipe({ target }: InitRequest): Omit<InitDocument, 'path'> {
  if (target !== undefined)
    throw new MlctlError('USAGE', 'a target was given without data', { hint: 'add --data FILE' });
  return { recipe: DEFAULT_RECIPE_TEXT, data: null, dropped: [] };
}

async function fittingRecipe(
  world: World,
  { target, ...request }: InitRequest,
  given: string,
  folder: string,
): Promise<Omit<InitDocument, 'path'>> {
  const dialect = recipeDialect(request);
  const data = await readTrainingData(world, { source: given, ...dialect }, world.cwd);
  if (target === undefined)
    throw new MlctlError('USAGE', `no target was given: which column of ${data.name} is to be predicted?`, {
      hint: `add --target COLUMN; the columns are ${data.table.columns
        .slice(0, 20)
        .map(({ name }) => JSON.stringify(name))
        .join(', ')}`,
    });
  const proposal = proposeRecipe(data.table, target);
  const source = sourceFrom(given, world.cwd, folder);
  const recipe = proposalText(proposal, { name: modelNameOfData(given), source, target, ...dialect });
  parseRecipe(recipe, { file: 'the new recipe' });
  return {
    recipe,
    data: { source: data.source, digest: data.digest, rows: data.table.rows },
    dropped: proposal.verdicts.flatMap((one) =>
      one.use === 'drop' ? [{ column: one.facts.name, reason: one.reason }] : [],
    ),
  };
}

/** Paths in a recipe are relative to its folder. */
function sourceFrom(given: string, cwd: string, folder: string): string {
  if (isNotAPath(given) || isAbsolute(given)) return given;
  return relative(folder, resolve(cwd, given)).replaceAll('\\', '/');
}
