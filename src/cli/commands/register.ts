// `mlctl register URI --name N`: a logged model into the registry.
import { MlctlError } from '../../errors/error.js';
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { STAGE_CHOICES } from '../flags/stage-choices.js';
import { registerText, registerVerdict } from '../render/registry/register.js';
import { pairs } from '../values.js';

export const register: Command = {
  name: 'register',
  arguments: [{ name: '<uri>', meaning: 'A logged model: runs:/ID/model or models:/m-ID.' }],
  options: [
    { flags: '--name <name>', meaning: 'Name of the registered model; created if missing.' },
    { flags: '--stage <stage>', meaning: 'Move this stage to the version.', choices: STAGE_CHOICES },
    { flags: '--alias <alias>', meaning: 'Point this alias at the version.' },
    { flags: '--dry-run', meaning: 'Fetch and verify the model and say what would be registered; write nothing.' },
    {
      flags: '--tag <key=value>',
      meaning: 'Tag of the version; may be repeated.',
      parse: pairs('--tag', (text) => text),
    },
  ],
  examples: [
    { does: 'a model of a run', line: 'mlctl register runs:/0f3a…/model --name iris_clf' },
    {
      does: 'a logged model, with an alias that points to it',
      line: 'mlctl register models:/m-1c9b… --name iris_clf --alias challenger',
    },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: 'Registering',
  run: async (world, { args, flags, settings }) => {
    const uri = args[0]!;
    if (typeof flags.name !== 'string' || flags.name === '')
      throw new MlctlError('USAGE', 'register needs --name', { hint: `mlctl register ${uri} --name NAME` });
    const { registerModel } = await import('../../operations/register.js');
    const document = await registerModel(world, {
      ...storeOptions(settings),
      uri,
      name: flags.name,
      ...defined({
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        tags: flags.tag as Map<string, string> | undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    return {
      document: { ...document },
      exit: 0,
      text: (style) => registerText(style, document),
      verdict: (style) => registerVerdict(style, document),
    };
  },
};
