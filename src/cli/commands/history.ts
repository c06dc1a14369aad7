// `mlctl history NAME`: who moved which stage and alias, when, from which version to which.
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { STAGE_CHOICES } from '../flags/stage-choices.js';
import { historyText } from '../render/registry/history.js';
import { wholeOf } from '../values.js';

export const history: Command = {
  name: 'history',
  arguments: [{ name: '<name>', meaning: 'The registered model.' }],
  options: [
    { flags: '--stage <stage>', meaning: 'Show only moves of this stage.', choices: STAGE_CHOICES },
    { flags: '--alias <alias>', meaning: 'Show only moves of this alias.' },
    {
      flags: '--max <n>',
      meaning: 'Maximum number of moves, newest first (default: all).',
      parse: wholeOf('--max', 1, 1_000_000),
    },
  ],
  examples: [
    { does: 'every move', line: 'mlctl history iris_clf' },
    { does: 'what champion has pointed to', line: 'mlctl history iris_clf --alias champion' },
  ],
  exits: [3, 4, 6],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: '',
  run: async (world, { args, flags, settings }) => {
    const { modelHistory } = await import('../../operations/history.js');
    const document = await modelHistory(world, {
      ...storeOptions(settings),
      name: args[0]!.replace(/^models:\/+/, ''),
      ...defined({
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        max: flags.max as number | undefined,
      }),
    });
    const asked = [flags.stage && `stage ${flags.stage}`, flags.alias && `alias ${flags.alias}`].filter(Boolean);
    return {
      document: { ...document },
      exit: 0,
      text: (style) => historyText(style, document, asked.join(' or ') || null),
    };
  },
};
