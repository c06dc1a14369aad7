// `mlctl models [name]`: list registered models, or show the versions of one.
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { LIST_OPTIONS } from '../list-options.js';
import { modelsText, modelText } from '../render/registry/models.js';

export const models: Command = {
  name: 'models',
  arguments: [{ name: '[name]', meaning: 'Show this registered model, with its versions.' }],
  options: LIST_OPTIONS,
  examples: [
    { does: 'what is registered', line: 'mlctl models' },
    { does: 'the versions of one model, with stages and aliases', line: 'mlctl models iris_clf' },
  ],
  exits: [3, 4, 6],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: '',
  run: async (world, { args, flags, settings }) => {
    const { listModels } = await import('../../operations/models.js');
    const document = await listModels(world, {
      ...storeOptions(settings),
      ...defined({
        name: args[0],
        filter: flags.filter as string | undefined,
        orderBy: flags.orderBy as string[] | undefined,
        max: flags.max as number | undefined,
      }),
    });
    const one = args[0] === undefined ? undefined : document.models[0];
    return {
      document: { ...document },
      exit: 0,
      text: (style) => (one ? modelText(style, one) : modelsText(style, document)),
    };
  },
};
