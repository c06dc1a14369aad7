// `mlctl load [uri]`: fetch, verify, open, and show the contract and the lineage.
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { loadText } from '../render/load.js';
import { URI_ARGUMENT } from '../uri-argument.js';

export const load: Command = {
  name: 'load',
  arguments: [URI_ARGUMENT],
  options: [{ flags: '--to <dir>', meaning: 'Copy the package there.' }],
  examples: [
    { does: 'what is in Production', line: 'mlctl load models:/iris_clf/Production' },
    {
      does: 'fetch and verify it into a folder, for an image',
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
    const request = { ...storeOptions(settings), ...defined({ uri: args[0], to: flags.to as string | undefined }) };
    const document = await loadModel(world, request);
    return { document: { ...document }, exit: 0, text: (style) => loadText(style, document) };
  },
};
