// `mlctl load [uri]`: fetch, verify, open, and show the contract and the lineage.
import type { ExitCode } from '../../errors/codes.js';
import type { Command } from '../command.js';
import { defined, inferenceOptions, storeOptions } from '../defined.js';
import { ENGINE_OPTIONS, engineFlags } from '../flags/engine-options.js';
import { loadText, loadVerdict } from '../render/load.js';
import { URI_ARGUMENT } from '../uri-argument.js';

export const load: Command = {
  name: 'load',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '--to <dir>', meaning: 'Copy the package to this folder, even if it cannot run here.' },
    {
      flags: '--public-key <file>',
      meaning: 'Refuse the model unless it was signed with this key (PEM), as the version and run that it is.',
    },
    ...ENGINE_OPTIONS,
  ],
  examples: [
    { does: 'show what champion points to', line: 'mlctl load models:/iris_clf@champion' },
    {
      does: 'fetch it, verify it and copy it into a folder, to build an image',
      line: 'mlctl load models:/iris_clf@champion --to ./model',
    },
    { does: 'its input columns, for a program', line: "mlctl load models:/iris_clf/1 --json | jq '.signature.inputs'" },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: 'Loading',
  run: async (world, { args, flags, settings }) => {
    const { loadModel } = await import('../../operations/load.js');
    const document = await loadModel(world, {
      ...storeOptions(settings),
      ...inferenceOptions(settings),
      ...engineFlags(flags),
      ...defined({
        uri: args[0],
        to: flags.to as string | undefined,
        publicKey: flags.publicKey as string | undefined,
      }),
    });
    const copied = flags.to !== undefined;
    // Whoever asks for a copy has it; whoever asks to load a model that cannot be run here has not loaded it.
    const error = copied ? null : document.cannot_run;
    return {
      document: { ...document, ...(error && { error }) },
      exit: (error?.exit_code ?? 0) as ExitCode,
      text: (style) => loadText(style, document, copied),
      verdict: (style) => loadVerdict(style, document, copied),
    };
  },
};
