// `mlctl runs [id]`: list runs, or show one.
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { LIST_OPTIONS } from '../list-options.js';
import { runsText, runText } from '../render/runs.js';

export const runs: Command = {
  name: 'runs',
  arguments: [
    { name: '[run-id]', meaning: 'Show this run in full, with its files; the beginning of its id is enough.' },
  ],
  options: LIST_OPTIONS,
  examples: [
    { does: 'the newest runs', line: 'mlctl runs' },
    {
      does: 'the five best',
      line: `mlctl runs --filter "metrics.val_acc > 0.9" --order-by "metrics.val_acc DESC" --max 5`,
    },
    {
      does: 'the id of the newest run, for use in a script',
      line: "mlctl runs --json --max 1 | jq -r '.runs[0].run_id'",
    },
  ],
  exits: [3, 4, 6],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_EXPERIMENT_NAME'],
  deadline: true,
  doing: '',
  run: async (world, { args, flags, settings }) => {
    const { listRuns } = await import('../../operations/runs.js');
    const document = await listRuns(world, {
      ...storeOptions(settings),
      ...defined({
        runId: args[0],
        filter: flags.filter as string | undefined,
        orderBy: flags.orderBy as string[] | undefined,
        max: flags.max as number | undefined,
      }),
    });
    const one = args[0] === undefined ? undefined : document.runs[0];
    return {
      document: { ...document },
      exit: 0,
      text: (style) => (one ? runText(style, one, document.tracking_uri) : runsText(style, document)),
    };
  },
};
