// `mlctl init`: a recipe to begin with, on stdout or as a new file.

import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { Command } from '../command.js';
import { defined } from '../defined.js';
import { DIALECT_OPTIONS, dialectFlags } from '../flags/dialect-options.js';

export const init: Command = {
  name: 'init',
  arguments: [],
  options: [
    { flags: '--data <file>', meaning: 'The CSV or Parquet file to train on; without it: the default recipe.' },
    { flags: '--target <column>', meaning: 'The column to predict.' },
    ...DIALECT_OPTIONS,
    { flags: '-o, --out <file>', meaning: 'Write the recipe to this new file (default: stdout).' },
  ],
  examples: [
    {
      does: 'a recipe for your data, then the model',
      line: 'mlctl init --data churn.csv --target churned -o churn.yaml',
    },
    { does: 'the default recipe', line: 'mlctl init' },
  ],
  exits: [3, 4, 5, 6],
  environment: [],
  deadline: false,
  doing: 'Reading data',
  run: async (world, { flags }) => {
    const { initRecipe } = await import('../../operations/init.js');
    const out = flags.out === '-' ? undefined : (flags.out as string | undefined);
    const document = await initRecipe(
      world,
      defined({
        data: flags.data as string | undefined,
        target: flags.target as string | undefined,
        out,
        ...dialectFlags(flags),
      }),
    );
    const { dropped, recipe, path } = document;
    if (dropped.length > 0)
      world.note(`the recipe drops ${plural(dropped.length, 'column')}; it says why, so look before you train`);
    const name = printable(out ?? '', 300);
    return {
      document: { ...document },
      exit: 0,
      text: () => (path === null ? recipe.trimEnd() : `wrote ${name}\nnext: mlctl train ${name}`),
    };
  },
};
