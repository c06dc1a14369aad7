// The tables of the program (commands, options, variables, codes, checks), bundled from the sources as they are now.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = [
  ['./src/cli/table.ts', 'COMMANDS, GROUPS'],
  ['./src/recipe/default-recipe.ts', 'DEFAULT_RECIPE_TEXT'],
  ['./src/recipe/reference/describe-recipe.ts', 'describeRecipe'],
  ['./src/recipe/reference/recipe-json-schema.ts', 'recipeJsonSchema'],
  ['./src/cli/help/help.ts', 'exitsOf, usageOf'],
  ['./src/cli/help/meaning-of.ts', 'meaningOf'],
  ['./src/cli/options.ts', 'COMMON_OPTIONS'],
  ['./src/cli/help/exit-codes.ts', 'EXIT_MEANINGS'],
  ['./src/cli/help/explanations.ts', 'EXPLANATIONS'],
  ['./src/cli/help/topic-texts.ts', 'TOPIC_TEXTS'],
  ['./src/settings/settings.ts', 'VARIABLES'],
  ['./src/cli/help/docs-link.ts', 'docsLink'],
  ['./src/version.ts', 'VERSION'],
  ['./src/errors/codes.ts', 'ERROR_CODES, WORST_FIRST'],
  ['./src/schema/finding-codes.ts', 'FINDING_CODES'],
  ['./src/checks/smoke-words.ts', 'SMOKE_WORDS'],
  ['./src/checks/doctor-words.ts', 'DOCTOR_WORDS'],
  ['./src/estimators/evaluators.ts', 'EVALUATORS'],
  ['./src/estimators/step-name.ts', 'stepName'],
  ['./src/recipe/steps/table.ts', 'STEPS'],
  ['./src/onnx/convert/table.ts', 'CONVERTERS'],
  ['./src/python/readers.ts', 'READERS'],
];

/** Every export that SOURCES names, in one object. */
export async function readTables() {
  const folder = mkdtempSync(join(tmpdir(), 'mlctl-docs-'));
  try {
    const outfile = join(folder, 'tables.mjs');
    await build({
      absWorkingDir: root,
      stdin: {
        contents: SOURCES.map(([file, names]) => `export { ${names} } from '${file}';`).join('\n'),
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['onnxruntime-node', 'libsql', '@cyclonedx/cyclonedx-library'],
      banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
