// `mlctl reproduce [uri]`: trains the model again and compares; the exit code is the verdict.
import type { Command } from '../../command.js';
import { defined, storeOptions } from '../../defined.js';
import { ENGINE_OPTIONS, engineFlags } from '../../flags/engine-options.js';
import { reproduceText, reproduceVerdict } from '../../render/proof/reproduce.js';
import { URI_ARGUMENT } from '../../uri-argument.js';

export const reproduce: Command = {
  name: 'reproduce',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '--data <file>', meaning: 'Where the data of the training is now, if it was moved.' },
    {
      flags: '--at-commit',
      meaning: 'Take the data from the commit that was recorded, in a clone that has it.',
    },
    ...ENGINE_OPTIONS,
  ],
  examples: [
    {
      does: 'does this training give the same model again? (exit code 0: yes)',
      line: 'mlctl reproduce models:/iris_clf/1',
    },
    { does: 'the data lies elsewhere now', line: 'mlctl reproduce models:/churn/3 --data archive/customers.csv' },
    { does: 'what differs, for a program', line: "mlctl reproduce --json | jq '.differences'" },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: false,
  doing: 'Reproducing',
  run: async (world, { args, flags, settings }) => {
    const { reproduce: make } = await import('../../../operations/reproduce.js');
    const document = await make(world, {
      ...storeOptions(settings),
      ...engineFlags(flags),
      ...defined({
        uri: args[0],
        data: flags.data as string | undefined,
        atCommit: flags.atCommit === true ? true : undefined,
      }),
    });
    return {
      document: { ...document },
      exit: document.ok ? 0 : 1,
      text: (style) => reproduceText(style, document),
      verdict: (style) => reproduceVerdict(style, document),
    };
  },
};
