// `mlctl train [recipe]`: fit, evaluate, log, register.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MlctlError } from '../../errors/error.js';
import { readSetting } from '../../settings/read-setting.js';
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { DIALECT_OPTIONS, dialectFlags } from '../flags/dialect-options.js';
import { STAGE_CHOICES } from '../flags/stage-choices.js';
import { loggedText, loggedVerdict } from '../render/logged.js';
import { runPage } from '../render/run-page.js';
import { list, pairs } from '../values.js';

/**
 * `--register` takes a word behind it as the name. Where that word is a recipe, the recipe was meant to be the argument
 * (contract §8.14), and the model would get a file's name.
 */
function registerOf(
  flag: unknown,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): string | true | undefined {
  if (flag === undefined) return readSetting(env, 'REGISTER_MODEL') ? true : undefined;
  if (typeof flag !== 'string') return true;
  if (/\.(ya?ml|json)$/i.test(flag) || /[\\/]/.test(flag) || existsSync(resolve(cwd, flag)))
    throw new MlctlError('USAGE', `--register was given ${flag}, which is a recipe, not a name`, {
      hint: `mlctl train ${flag} --register, or --register=NAME`,
      details: { option: '--register', found: flag },
    });
  if (flag === '')
    throw new MlctlError('USAGE', '--register= was given no name', {
      hint: '--register=NAME, or --register alone for the name in the recipe',
    });
  return flag;
}

export const train: Command = {
  name: 'train',
  arguments: [
    {
      name: '[recipe]',
      meaning: 'The recipe, a YAML file (default: a logistic regression on the built-in iris data).',
    },
  ],
  options: [
    {
      flags: '--register [name]',
      aliases: '--name <name>',
      meaning: 'Register the model under the name in the recipe or of the data file, or as --register=NAME.',
    },
    { flags: '--stage <stage>', meaning: 'Move this stage to the new version.', choices: STAGE_CHOICES },
    { flags: '--alias <alias>', meaning: 'Point this alias at the new version.' },
    {
      flags: '--set <path=value>',
      meaning: 'Override a value: split.test_size=0.3, logistic_regression.C=0.5; may be repeated.',
      parse: list,
    },
    {
      flags: '--data <file>',
      meaning: 'Train on this CSV or Parquet file instead; also an s3:// or https:// address.',
    },
    { flags: '--target <column>', meaning: 'The column to predict.' },
    ...DIALECT_OPTIONS,
    { flags: '--run-name <name>', meaning: 'Name of the run.' },
    {
      flags: '--tag <key=value>',
      meaning: 'Tag of the run; may be repeated.',
      parse: pairs('--tag', (text) => text),
    },
    { flags: '--out <dir>', meaning: 'Also write the model package to this folder.' },
    { flags: '--no-log', meaning: 'Do not log a run; needs --out.' },
    { flags: '--dry-run', meaning: 'Read, train and check everything, but write nothing.' },
    { flags: '--print-recipe', meaning: 'Print the recipe with every value filled in, and train nothing.' },
  ],
  examples: [
    { does: 'the built-in recipe, logged to ./mlflow.db and registered as iris_clf', line: 'mlctl train --register' },
    {
      does: 'your recipe, with one value changed',
      line: 'mlctl train recipe.yaml --set logistic_regression.C=0.5',
    },
    {
      does: 'register under another name and point an alias at it',
      line: 'mlctl train recipe.yaml --register=churn --alias champion',
    },
    { does: 'write the package only, without a run', line: 'mlctl train recipe.yaml --no-log --out ./model' },
  ],
  exits: [3, 4, 5, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_EXPERIMENT_NAME', 'REGISTER_MODEL'],
  deadline: false,
  doing: 'Training',
  run: async (world, given) => {
    const { args, flags, settings } = given;
    const { effectiveRecipe, trainModel } = await import('../../operations/train.js');
    const asked = defined({
      recipe: args[0],
      set: flags.set as string[] | undefined,
      data: flags.data as string | undefined,
      target: flags.target as string | undefined,
      ...dialectFlags(flags),
    });
    if (flags.printRecipe === true) {
      const document = await effectiveRecipe(world, asked);
      return { document, exit: 0, text: () => document.recipe.trimEnd() };
    }
    const register =
      flags.log === false && flags.register === undefined
        ? undefined
        : registerOf(flags.register, world.cwd, world.env);
    const hidesPage = readSetting(world.env, 'MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT');
    const document = await trainModel(world, {
      ...storeOptions(settings),
      ...asked,
      ...defined({
        register,
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        runName: flags.runName as string | undefined,
        tags: flags.tag as Map<string, string> | undefined,
        out: flags.out as string | undefined,
        log: flags.log === false ? false : undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    const page = runPage(document.tracking_uri, document.experiment_id, document.run_id);
    if (page && !hidesPage) world.note(`view the run: ${page}`);
    const shown = { verb: 'trained', cwd: world.cwd, verbose: settings.verbose, copied: flags.out !== undefined };
    return {
      document: { ...document },
      exit: 0,
      text: (style) => loggedText(style, document, shown),
      verdict: (style) => loggedVerdict(style, document, 'trained'),
    };
  },
};
