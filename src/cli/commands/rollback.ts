// `mlctl rollback NAME`: a stage or alias back to the version it had before, smoked first.

import type { Command } from '../command.js';
import { defined, judgeOptions, storeOptions } from '../defined.js';
import { exitOfMove } from '../exit-of-move.js';
import { judgedText, rollbackVerdict } from '../render/registry/moves.js';
import type { Style } from '../style.js';
import { wholeOf } from '../values.js';

export const rollback: Command = {
  name: 'rollback',
  arguments: [{ name: '<name>', meaning: 'The registered model.' }],
  options: [
    { flags: '--stage <stage>', meaning: 'The stage to move back.', choices: ['Production', 'Staging'] },
    { flags: '--alias <alias>', meaning: 'The alias to move back.' },
    {
      flags: '--to <version>',
      meaning: 'The version to go back to (default: the one before, from mlctl history).',
      parse: wholeOf('--to', 1, 999_999_999),
    },
    { flags: '-m, --message <text>', meaning: 'Why, for mlctl history.' },
    { flags: '--dry-run', meaning: 'Run smoke and say what would be moved; move nothing.' },
    { flags: '--no-smoke', meaning: 'Skip smoke; move without testing the version.' },
  ],
  examples: [
    { does: 'move champion back to the version before', line: 'mlctl rollback iris_clf --alias champion' },
    { does: 'move a stage back to version 3', line: 'mlctl rollback iris_clf --stage Production --to 3' },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_SCHEMA'],
  deadline: true,
  doing: 'Checking and rolling back',
  run: async (world, { args, flags, settings }) => {
    const name = args[0]!.replace(/^models:\/+/, '');
    const { rollbackModel } = await import('../../operations/rollback.js');
    const document = await rollbackModel(world, {
      ...storeOptions(settings),
      ...judgeOptions(settings),
      name,
      ...defined({
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        to: flags.to as number | undefined,
        smoke: flags.smoke === false ? false : undefined,
        message: flags.message as string | undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    const exit = exitOfMove(document.rolled_back, document.smoke);
    const verdict = (style: Style) => rollbackVerdict(style, document);
    return {
      document: { ...document },
      exit,
      text: (style) =>
        judgedText(style, verdict(style), {
          smoke: document.smoke,
          contracts: document.contract === null ? [] : [document.contract],
        }),
      verdict,
    };
  },
};
