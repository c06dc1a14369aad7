// `mlctl log PATH`: logs an existing model to a run.
import { MlctlError } from '../../errors/error.js';
import { readSetting } from '../../settings/read-setting.js';
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { DIALECT_OPTIONS, dialectFlags } from '../flags/dialect-options.js';
import { STAGE_CHOICES } from '../flags/stage-choices.js';
import { loggedText, loggedVerdict } from '../render/logged.js';
import { runPage } from '../render/run-page.js';
import { list, metricOf, pairs } from '../values.js';

const asText = (text: string) => text;

/** A file has no name to register under, unlike a recipe. */
function nameOf(flag: unknown): string | undefined {
  if (flag === undefined || (typeof flag === 'string' && flag !== '')) return flag;
  throw new MlctlError('USAGE', '--register was given no name', { hint: 'give one: --register=NAME' });
}

export const log: Command = {
  name: 'log',
  arguments: [{ name: '<path>', meaning: 'A .onnx file or a model package (a folder with MLmodel).' }],
  options: [
    { flags: '--input-example <file>', meaning: 'Rows to keep with the model; smoke predicts them again.' },
    ...DIALECT_OPTIONS,
    {
      flags: '--signature <file>',
      meaning: 'The signature: JSON, YAML or an MLmodel (default: inferred from the graph and the example).',
    },
    { flags: '--no-signature', meaning: 'Log without a signature; inputs cannot be checked later.' },
    {
      flags: '--metric <key=value>',
      meaning: 'Metric of the run; may be repeated.',
      parse: pairs('--metric', metricOf('--metric')),
    },
    {
      flags: '--param <key=value>',
      meaning: 'Param of the run; may be repeated.',
      parse: pairs('--param', asText),
    },
    { flags: '--tag <key=value>', meaning: 'Tag of the run; may be repeated.', parse: pairs('--tag', asText) },
    { flags: '--artifact <path>', meaning: 'A file or folder to keep with the run; may be repeated.', parse: list },
    { flags: '--run-id <id>', meaning: 'Log into this run instead of a new one.' },
    { flags: '--run-name <name>', meaning: 'Name of the new run.' },
    { flags: '--register [name]', aliases: '--name <name>', meaning: 'Register the model, as --register=NAME.' },
    { flags: '--stage <stage>', meaning: 'Move this stage to the new version.', choices: STAGE_CHOICES },
    { flags: '--alias <alias>', meaning: 'Point this alias at the new version.' },
    { flags: '--dry-run', meaning: 'Read, run and check the model, but write nothing.' },
  ],
  examples: [
    { does: 'an ONNX file with an example of its rows', line: 'mlctl log model.onnx --input-example rows.csv' },
    { does: 'a package, registered', line: 'mlctl log ./model --register=churn --alias champion' },
    {
      does: 'with what you measured',
      line: 'mlctl log model.onnx --input-example rows.csv --metric val_acc=0.93 --tag team=risk',
    },
  ],
  exits: [3, 4, 5, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_EXPERIMENT_NAME', 'MLCTL_SCHEMA'],
  deadline: true,
  doing: 'Logging',
  run: async (world, { args, flags, settings }) => {
    const hidesPage = readSetting(world.env, 'MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT');
    const { logExisting } = await import('../../operations/log.js');
    const document = await logExisting(world, {
      ...storeOptions(settings),
      path: args[0]!,
      mode: settings.mode,
      dialect: dialectFlags(flags),
      ...defined({
        inputExample: flags.inputExample as string | undefined,
        signature: typeof flags.signature === 'string' ? flags.signature : undefined,
        noSignature: flags.signature === false ? true : undefined,
        metrics: flags.metric as Map<string, number> | undefined,
        params: flags.param as Map<string, string> | undefined,
        tags: flags.tag as Map<string, string> | undefined,
        artifacts: flags.artifact as string[] | undefined,
        runId: flags.runId as string | undefined,
        runName: flags.runName as string | undefined,
        register: nameOf(flags.register),
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    const page = runPage(document.tracking_uri, document.experiment_id, document.run_id);
    if (page && !hidesPage) world.note(`view the run: ${page}`);
    const shown = { verb: 'logged', cwd: world.cwd, verbose: settings.verbose, copied: false };
    return {
      document: { ...document },
      exit: 0,
      text: (style) => loggedText(style, document, shown),
      verdict: (style) => loggedVerdict(style, document, 'logged'),
    };
  },
};
