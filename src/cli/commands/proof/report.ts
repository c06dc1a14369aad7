// `mlctl report [uri] -o file.html`: all that is known of a model, as one file for people.
import { MlctlError } from '../../../errors/error.js';
import { printable } from '../../../text/printable.js';
import type { Command } from '../../command.js';
import { defined, inferenceOptions, storeOptions } from '../../defined.js';
import { ENGINE_OPTIONS, engineFlags } from '../../flags/engine-options.js';
import { verdictLine } from '../../render/verdict-line.js';
import { URI_ARGUMENT } from '../../uri-argument.js';

export const report: Command = {
  name: 'report',
  arguments: [URI_ARGUMENT],
  options: [{ flags: '-o, --output <file>', meaning: 'Write the report to this file (-: stdout).' }, ...ENGINE_OPTIONS],
  examples: [
    { does: 'the model card of a version', line: 'mlctl report models:/iris_clf/1 -o iris_clf-1.html' },
    {
      does: 'which checks failed, for a program',
      line: "mlctl report models:/iris_clf@champion -o card.html --json | jq '.failed'",
    },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: 'Writing the report',
  run: async (world, { args, flags, settings }) => {
    const out = flags.output as string | undefined;
    if (out === undefined)
      throw new MlctlError('USAGE', 'report needs a file to write to', { hint: 'add -o model.html' });
    if (out === '-' && settings.json)
      throw new MlctlError('USAGE', '--json and the report cannot both be on stdout', { hint: 'add -o model.html' });
    const { reportModel } = await import('../../../operations/report.js');
    const document = await reportModel(
      world,
      {
        ...storeOptions(settings),
        ...inferenceOptions(settings),
        ...engineFlags(flags),
        mode: settings.mode,
        out,
        ...defined({ uri: args[0] }),
      },
      { stdout: process.stdout },
    );
    const { uri, failed } = document;
    const verdict = failed.length === 0 ? 'smoke passed' : `smoke failed: ${failed.join(', ')}`;
    const said = `the model card of ${printable(uri, 300)}; ${verdict}`;
    // stdout belongs to the report.
    if (out === '-') world.note(`wrote ${said}`);
    return {
      document: { ...document },
      exit: 0,
      text: (style) =>
        out === '-'
          ? ''
          : verdictLine(style, failed.length === 0 ? 'pass' : 'warn', `wrote ${printable(out, 300)}: ${said}`),
    };
  },
};
